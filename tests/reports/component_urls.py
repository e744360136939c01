"""The addresses of a developer's server: those of an installation and the page of the components."""

from reports.views import components
from sakip import urls

urlpatterns = [*components.routes(debug=True), *urls.urlpatterns]
handler400, handler500 = urls.handler400, urls.handler500
