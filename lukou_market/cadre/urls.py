app_name = "cadre"
urlpatterns = []
