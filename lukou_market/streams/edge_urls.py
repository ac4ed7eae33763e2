from django.urls import path

from lukou_market.streams import edge_api

urlpatterns = [
    path("publish/", edge_api.publish),
    path("update/", edge_api.update),
    path("publish-done/", edge_api.publish_done),
    path("record-done/", edge_api.record_done),
]
