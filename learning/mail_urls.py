"""Addresses of mails and of reminding by hand."""

from django.urls import path

from learning.views import mails

urlpatterns = [
    path("berichten/", mails.mails, name="mails"),
    path("berichten/<public_id:mail>/", mails.mail, name="mail"),
    path("berichten/aantallen/<public_id:organisation>/", mails.mail_counts, name="mail_counts"),
    path("team/persoon/<public_id:person>/herinner/", mails.remind_person, name="remind_person"),
]
