"""Addresses of certificates, and of what was completed elsewhere."""

from django.urls import path

from learning.views import certificates

urlpatterns = [
    path("certificaat/<str:code>.pdf", certificates.download, name="certificate_pdf"),
    path("certificaat/<str:code>/", certificates.verify, name="certificate"),
    path(
        "opleidingen/<public_id:organisation>/afgerond/<public_id:completion>/intrekken/",
        certificates.revoke,
        name="revoke",
    ),
]
