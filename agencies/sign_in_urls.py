"""Which addresses lead to signing in and to one's own sign-in?"""

from __future__ import annotations

from django.urls import path

from agencies.views import awake, my_sign_in, presenting, second_factor, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="login"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-out/", sign_in.sign_out, name="logout"),
    path("my-sign-in/", my_sign_in.my_sign_in, name="my_sign_in"),
    path("my-sign-in/sessions/end/", my_sign_in.sessions_end, name="sessions_end"),
    path("my-sign-in/password/", my_sign_in.password_change, name="password_change"),
    path("my-sign-in/second-factor/", second_factor.factor_set_up, name="factor_set_up"),
    path("my-sign-in/second-factor/picture/", second_factor.factor_qr, name="factor_qr"),
    path("my-sign-in/second-factor/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("my-sign-in/second-factor/off/", second_factor.factor_off, name="factor_off"),
    path("my-sign-in/lock/", awake.lock, name="lock"),
    path("my-sign-in/present/", presenting.present_begin, name="present_begin"),
    path("my-sign-in/present/end/", presenting.present_end, name="present_end"),
    path("my-sign-in/here/", awake.here, name="here"),
    path("my-sign-in/again/", awake.again, name="again"),
]
