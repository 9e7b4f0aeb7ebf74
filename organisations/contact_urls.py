"""*Contacts*: whom one turns to, per organisation."""

from django.urls import path, register_converter

from organisations.converters import Kind
from organisations.views import contacts, open_tree

register_converter(Kind, "contact_kind")

app_name = "contacts"
HERE = "<public_id:organisation>/"
urlpatterns = [
    path("", contacts.contacts, name="contacts"),
    path(HERE, contacts.contact_map, name="map"),
    path(f"{HERE}zonder-inloggen/", open_tree.without_sign_in, name="without_sign_in"),
    path(f"{HERE}<contact_kind:kind>/", contacts.contact, name="contact"),
    path(f"{HERE}<contact_kind:kind>/klopt/", contacts.confirm, name="confirm"),
]
