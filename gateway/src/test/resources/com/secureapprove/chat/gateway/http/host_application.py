"""A host application by Django, with a session and a CSRF token of its own.

Usage: host_application.py PORT DIRECTORY GATEWAY
"""
import contextlib
import sys
import urllib.request
from wsgiref.simple_server import make_server

from django.conf import settings

settings.configure(
    SECRET_KEY="only for tests",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    SESSION_ENGINE="django.contrib.sessions.backends.file",
    SESSION_FILE_PATH=sys.argv[2],
)

import django

django.setup()

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

PAGE = """<!doctype html><title>Orders</title><p>Application: %s</p>
<a href="/t/tests/?return_to=%s">Sign in to the chat</a>
<script src="/tenant_chat.js" defer></script><tenant-chat></tenant-chat>"""


SIGNED_OUT = """<!doctype html><title>Signed out</title><form method="post" action="/leave/">
<input type="hidden" name="csrfmiddlewaretoken" value="%s"><button>Sign out</button></form>"""


def page(request, number=0):
    get_token(request)
    return HttpResponse(PAGE % (request.session.get("name", "nobody"), request.path))


def sign_in(request):
    request.session["name"] = request.POST["name"]
    return HttpResponse(status=204)


def sign_out(request):
    request.session.flush()
    return HttpResponse(status=204)


def sign_out_of_both(request):
    sign_out = urllib.request.Request(sys.argv[3] + "/sign-out", data=b"", headers={
        "Cookie": request.headers.get("Cookie", ""),
        "X-CSRFToken": request.COOKIES.get("chat_csrftoken", ""),
        "Accept": "application/json",
    })
    with contextlib.suppress(OSError):
        urllib.request.urlopen(sign_out, timeout=3).close()
    request.session.flush()
    return HttpResponse(status=204)


def signed_out(request):
    return HttpResponse(SIGNED_OUT % get_token(request))


urlpatterns = [
    path("", page),
    path("orders/<int:number>/", page),
    path("sign-in/", sign_in),
    path("leave/", sign_out),
    path("leave-both/", sign_out_of_both),
    path("signed-out/", signed_out),
]

make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
