"""Files of H5P. `config.urls` puts them under `h5p/`; the middleware in host.py answers them."""

from django.urls import path

from modules.packages.serving.assets import asset

app_name = "h5p"
urlpatterns = [
    path("<int:expiry>-<slug:signature>/<slug:digest>/<path:file>", asset, name="asset"),
]
