"""django.contrib.admin with our site; apart from the site, because apps load before models."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin app whose `admin.site` is the desk."""

    default_site = "lukou_market.cadre.site.DeskSite"
