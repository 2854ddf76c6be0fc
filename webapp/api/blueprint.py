"""The blueprint on which the endpoints stand."""

from flask import Blueprint

blueprint = Blueprint("api", __name__)
