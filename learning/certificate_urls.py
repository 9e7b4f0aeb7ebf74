"""Addresses of certificates, and of what was completed elsewhere."""

from django.urls import path

from learning.views import certificates, evidence

EARLIER = "opleidingen/<public_id:organisation>/eerder/"
urlpatterns = [
    path("certificaat/<str:code>.pdf", certificates.download, name="certificate_pdf"),
    path("certificaat/<str:code>/", certificates.verify, name="certificate"),
    path(
        "opleidingen/<public_id:organisation>/afgerond/<public_id:completion>/intrekken/",
        certificates.revoke,
        name="revoke",
    ),
    path(EARLIER, evidence.upload, name="evidence"),
    path(f"{EARLIER}voorbeeld.csv", evidence.example_sheet, name="evidence_example"),
    path(f"{EARLIER}overnemen/", evidence.take_over, name="evidence_take_over"),
    path(f"{EARLIER}oordelen.csv", evidence.verdicts_sheet, name="evidence_verdicts"),
]
