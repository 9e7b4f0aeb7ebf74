"""*Decision tree*: what to do and whom to call."""

from django.urls import path

from modules.views import tree

app_name = "tree"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("bij/<public_id:organisation>/", tree.tree_at, name="at"),
    path("<public_id:organisation>/", tree.open_tree, name="open"),
]
