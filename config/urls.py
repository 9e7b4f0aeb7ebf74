"""All addresses of the site. Each has a row in tests/architecture/url_policy.txt."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from config import views
from config.media import media

urlpatterns = [
    path("", views.start, name="start"),
    path("taal/", views.set_language, name="set_language"),
    path("steun/", views.support, name="support"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("gezond/", views.health, name="health"),
    # One door: Wagtail's own sign-in, sign-out and password pages lead to allauth.
    path("admin/login/", views.to_sign_in, name="to_sign_in"),
    path("admin/logout/", views.to_sign_out, name="to_sign_out"),
    path("admin/password_reset/", views.to_password_reset, name="to_password_reset"),
    path("admin/", include(wagtailadmin_urls)),
    # The organisation keeps addresses; allauth's page would also bar the second factor.
    path("account/email/", views.email_address, name="email_address"),
    path("account/", include("allauth.account.urls")),
    path("account/tweestaps/", include("allauth.mfa.urls")),
    path("organisaties/", include("organisations.urls")),
    path("contacten/", include("organisations.contact_urls")),
    path("beslissingsboom/", include("modules.tree_urls")),
    path("cijfers/", include("analytics.urls")),
    path("", include("learning.urls")),
    path("media/<path:path>", media, name="media"),
    path("h5p/", include("modules.packages.serving.urls")),
]

handler403 = "config.views.refused"
handler404 = "config.views.not_found"
handler500 = "config.views.broken"
handler400 = "config.views.bad_request"
