"""Speaks to a running identity service with Appwrite's own Python SDK, which was written for the real server.

    python sdk_peer.py ENDPOINT PROJECT KEY PASSWORD [SCHEMA]

Needs the package `appwrite` (22 or later). With SCHEMA, an OpenAPI file of Appwrite, and the package `jsonschema`, each
answer is checked against the schema of its operation. Prints one line a check and ends with 1 when one failed.
"""

import base64
import hashlib
import hmac
import json
import re
import struct
import sys
import time
import urllib.parse

import requests
from appwrite.client import Client
from appwrite.exception import AppwriteException
from appwrite.id import ID
from appwrite.query import Query
from appwrite.services.account import Account
from appwrite.services.locale import Locale
from appwrite.services.teams import Teams
from appwrite.services.users import Users
from appwrite.enums.authentication_factor import AuthenticationFactor
from appwrite.enums.authenticator_type import AuthenticatorType
from appwrite.enums.o_auth_provider import OAuthProvider

ENDPOINT, PROJECT, KEY, PASSWORD = sys.argv[1:5]
failures = []


def check(what, holds):
    print("ok  " if holds else "FAIL", what)
    if not holds:
        failures.append(what)


def refused(what, status, kind, call, *arguments, **named):
    """The call fails with this status and type."""
    try:
        call(*arguments, **named)
        check(f"{what}: refused", False)
    except AppwriteException as error:
        check(f"{what}: {error.code} {error.type}", (error.code, error.type) == (status, kind))


def value(answer, name):
    """A field of an answer, whether this SDK gives models or dictionaries."""
    if isinstance(answer, dict):
        return answer[name]
    plain = answer.to_dict() if hasattr(answer, "to_dict") else answer.model_dump(by_alias=True)
    return plain[name]


def client():
    return Client().set_endpoint(ENDPOINT).set_project(PROJECT)


def admin():
    return client().set_key(KEY)


def session(secret):
    return client().set_session(secret)


class Schema:
    """Checks answers against the OpenAPI file, by listening to what the SDK sends."""

    def __init__(self, path):
        import jsonschema

        self.jsonschema = jsonschema
        with open(path, encoding="utf-8") as file:
            self.document = self.plain(json.load(file))
        self.paths = [
            (re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in self.document["paths"]
        ]
        # Fixed words win over names.
        self.paths.sort(key=lambda pair: pair[1].count("{"))
        self.checked = 0

    def plain(self, node):
        """OpenAPI 3.0's `nullable` in JSON Schema's words."""
        if isinstance(node, dict):
            node = {name: self.plain(inner) for name, inner in node.items()}
            if node.pop("nullable", False) is True:
                return {"anyOf": [node, {"type": "null"}]}
        elif isinstance(node, list):
            node = [self.plain(inner) for inner in node]
        return node

    def answered(self, response):
        path = urllib.parse.urlsplit(response.request.url).path.removeprefix("/v1")
        method = response.request.method.lower()
        operations = [
            self.document["paths"][template] for pattern, template in self.paths if pattern.match(path)
        ]
        operation = next((found[method] for found in operations if method in found), None)
        if operation is None:
            return
        what = f"schema of {method.upper()} {path}: {response.status_code}"
        answers = operation["responses"]
        if response.status_code < 400 and str(response.status_code) not in answers:
            return check(what + " is not a documented status", False)
        answer = answers.get(str(response.status_code), answers["default"])
        content = answer.get("content", {}).get("application/json")
        if content is None:
            return
        if response.status_code >= 400 and not response.headers["Content-Type"].startswith("application/json"):
            return
        schema = {**content["schema"], "components": self.document["components"]}
        self.checked += 1
        try:
            self.jsonschema.validate(response.json(), schema)
        except self.jsonschema.ValidationError as error:
            check(f"{what}: {error.message} at {list(error.path)}", False)


def listen(schema):
    send = requests.Session.send

    def heard(self, request, **named):
        response = send(self, request, **named)
        schema.answered(response)
        return response

    requests.Session.send = heard


def sign_in():
    account = Account(admin().set_forwarded_user_agent("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"))
    made = account.create_email_password_session("member@example.com", PASSWORD)
    secret = value(made, "secret")
    check("sign-in gives a secret", len(secret) > 300)
    check("the browser's user agent is kept", value(made, "clientName") == "Firefox")
    check("the secret opens the account", value(Account(session(secret)).get(), "email") == "member@example.com")
    refused("wrong password", 401, "user_invalid_credentials", account.create_email_password_session,
            "member@example.com", "not-this-one")
    refused("unknown address", 401, "user_invalid_credentials", account.create_email_password_session,
            "nobody@example.com", PASSWORD)
    refused("blocked", 403, "user_blocked", account.create_email_password_session, "blocked@example.com", PASSWORD)
    refused("account by key", 401, "general_unauthorized_scope", account.get)
    keyless = Account(client()).create_email_password_session("member@example.com", PASSWORD)
    check("without a key the secret is blank", value(keyless, "secret") == "")
    return secret


def sessions(secret):
    account = Account(session(secret))
    listed = account.list_sessions()
    check("sessions are listed", value(listed, "total") == 2)
    check("the current one can be read", value(account.get_session("current"), "current") is True)
    check("and prolonged", value(account.update_session("current"), "provider") == "email")
    refused("somebody else's session", 404, "user_session_not_found", account.get_session, "nobody")
    others = [one for one in value(listed, "sessions") if not value(one, "current")]
    account.delete_session(value(others[0], "$id"))
    check("one can be ended", value(account.list_sessions(), "total") == 1)
    account.delete_session("current")
    refused("after sign-out", 401, "general_unauthorized_scope", account.get)
    again = value(Account(admin()).create_email_password_session("member@example.com", PASSWORD), "secret")
    Account(session(again)).delete_sessions()
    refused("after the end of all", 401, "general_unauthorized_scope", Account(session(again)).get)


def guest():
    secret = value(Account(admin()).create_anonymous_session(), "secret")
    account = Account(session(secret))
    before = account.get()
    check("a guest has no address", value(before, "email") == "")
    refused("a second session", 401, "user_session_already_exists", account.create_anonymous_session)
    account.update_prefs({"theme": "dark"})
    refused("conversion to a taken address", 409, "user_target_already_exists", account.update_email,
            "pro@example.com", "long-enough")
    after = account.update_email("guest@example.com", "long-enough")
    check("conversion keeps the id", value(after, "$id") == value(before, "$id"))
    prefs = account.get_prefs()
    check("and the preferences", (prefs if isinstance(prefs, dict) else prefs.data)["theme"] == "dark")
    check("the name can be changed", value(account.update_name("Gus"), "name") == "Gus")
    account.update_password("longer-still", "long-enough")
    Users(admin()).delete(value(before, "$id"))
    refused("a removed user", 401, "general_unauthorized_scope", account.get)


def sign_up():
    account = Account(admin())
    made = account.create(ID.unique(), "New@example.com", "long-enough", "Nia New")
    check("a new account is not verified", value(made, "emailVerification") is False)
    refused("the same address", 409, "user_already_exists", account.create, ID.unique(), "new@example.com",
            "long-enough")
    refused("a short password", 400, "general_argument_invalid", account.create, ID.unique(), "x@example.com", "short")


def last(receiver):
    """What was sent last to an address or a number."""
    messages = requests.get(ENDPOINT.removesuffix("/v1") + "/outbox.json").json()["messages"]
    return [one for one in messages if one["to"] == receiver][-1]


def linked(receiver):
    """The query of the link that was mailed last."""
    fields = urllib.parse.parse_qs(urllib.parse.urlsplit(last(receiver)["link"]).query)
    return fields["userId"][0], fields["secret"][0]


def mails():
    account, url = Account(admin()), "http://localhost/back"
    account.create_magic_url_token(ID.unique(), "magic@example.com", url)
    opened = account.create_session(*linked("magic@example.com"))
    check("a mailed link signs in", value(opened, "provider") == "magic-url")
    own = Account(session(value(opened, "secret")))
    check("and proves the address", value(own.get(), "emailVerification") is True)
    refused("proving it again", 409, "user_email_already_verified", own.create_email_verification, url)
    refused("a link twice", 401, "user_invalid_token", account.create_session, *linked("magic@example.com"))
    code = account.create_email_token(ID.unique(), "magic@example.com")
    opened = account.create_session(value(code, "userId"), last("magic@example.com")["code"])
    check("a mailed code signs in", value(opened, "factors") == ["email"])
    made = account.create_phone_token(ID.unique(), "+49301111111")
    opened = account.create_session(value(made, "userId"), last("+49301111111")["code"])
    check("a code by message signs in", value(opened, "provider") == "phone")
    check("and proves the number", value(Account(session(value(opened, "secret"))).get(), "phoneVerification") is True)

    account.create_recovery("new@example.com", url)
    Account(client()).update_recovery(*linked("new@example.com"), "longer-and-new")
    opened = account.create_email_password_session("new@example.com", "longer-and-new")
    own = Account(session(value(opened, "secret")))
    check("recovery proves the address", value(own.get(), "emailVerification") is True)
    refused("recovery of nobody", 404, "user_not_found", account.create_recovery, "nobody@example.com", url)
    own.update_password("long-enough", "longer-and-new")

    opened = account.create_email_password_session("unverified@example.com", PASSWORD)
    own = Account(session(value(opened, "secret")))
    own.create_email_verification(url)
    refused("proving with a wrong secret", 401, "user_invalid_token", Account(client()).update_email_verification,
            "unverified", "x")
    Account(client()).update_email_verification(*linked("unverified@example.com"))
    check("an address is proved", value(own.get(), "emailVerification") is True)
    own.update_phone("+49302222222", PASSWORD)
    own.create_phone_verification()
    Account(client()).update_phone_verification("unverified", last("+49302222222")["code"])
    check("and a number", value(own.get(), "phoneVerification") is True)
    own.update_mfa(True)
    check("factors of the session that asks", value(own.get_session("current"), "factors") == ["password", "email", "phone"])
    Users(admin()).update_mfa("unverified", False)


def token():
    users, account = Users(admin()), Account(admin())
    made = users.create_token("pro")
    opened = account.create_session("pro", value(made, "secret"))
    check("a token opens a session", value(opened, "provider") == "token")
    refused("a token twice", 401, "user_invalid_token", account.create_session, "pro", value(made, "secret"))
    users.delete_session("pro", value(opened, "$id"))
    refused("a session that a key ended", 401, "general_unauthorized_scope",
            Account(session(value(opened, "secret"))).get)


def oauth():
    account = Account(admin())
    start = account.create_o_auth2_token(OAuthProvider.GITHUB, "http://localhost:8080/ok", "http://localhost:8080/no",
                                         ["user", "repo"])
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(start).query)
    check("the scopes reach the provider", query["scope"] == ["user repo"])
    page = start.split("?")[0]

    def answer(**form):
        location = requests.post(page, data={"state": query["state"][0], **form}, allow_redirects=False).headers["Location"]
        while location.startswith(ENDPOINT):
            location = requests.get(location, allow_redirects=False).headers["Location"]
        return urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)

    allowed = answer(decision="allow", email="member@example.com", verified="yes")
    opened = account.create_session(allowed["userId"][0], allowed["secret"][0])
    check("the round trip opens a session", (value(opened, "provider"), value(opened, "userId")) == ("github", "member"))
    error = json.loads(answer(decision="refuse")["error"][0])
    check("a refusal says why", (error["type"], error["code"]) == ("user_oauth2_provider_error", 424))
    refused("a foreign address", 400, None, account.create_o_auth2_token, OAuthProvider.GITHUB, "https://evil.example/")


def code(secret):
    """RFC 6238, as authenticator programs have it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    return f"{struct.unpack_from('>I', digest, digest[19] & 15)[0] % 2**31 % 10**6:06}"


def factors():
    account = Account(admin())
    entry = ("new@example.com", "long-enough")
    own = Account(session(value(account.create_email_password_session(*entry), "secret")))
    check("no factor yet", value(own.list_mfa_factors(), "totp") is False)
    begun = own.create_mfa_authenticator(AuthenticatorType.TOTP)
    secret = value(begun, "secret")
    check("the address for a QR code", f"secret={secret}" in value(begun, "uri"))
    refused("a wrong first code", 401, "user_invalid_token", own.update_mfa_authenticator, AuthenticatorType.TOTP, "x")
    own.update_mfa_authenticator(AuthenticatorType.TOTP, code(secret))
    check("a second factor is demanded", value(own.update_mfa(True), "mfa") is True)
    codes = value(own.create_mfa_recovery_codes(), "recoveryCodes")
    check("six recovery codes", len(codes) == 6)
    refused("a second set", 409, "user_recovery_codes_already_exists", own.create_mfa_recovery_codes)
    refused("renewing without a challenge", 401, "user_challenge_required", own.update_mfa_recovery_codes)

    later = Account(session(value(account.create_email_password_session(*entry), "secret")))
    refused("a session of one factor", 401, "user_more_factors_required", later.get)
    check("what may be shown", value(later.list_mfa_factors(), "recoveryCode") is True)
    asked = later.create_mfa_challenge(AuthenticationFactor.TOTP)
    refused("a wrong code", 401, "user_invalid_token", later.update_mfa_challenge, value(asked, "$id"), "000")
    shown = later.update_mfa_challenge(value(asked, "$id"), code(secret))
    check("the factor is counted", value(shown, "factors") == ["password", "totp"])
    check("and opens the account", value(later.get(), "email") == entry[0])
    check("codes can be read", value(later.get_mfa_recovery_codes(), "recoveryCodes") == codes)
    check("and renewed", value(later.update_mfa_recovery_codes(), "recoveryCodes") != codes)
    # The contract's reading: this SDK spells it `recoverycode`, and no such answer can be right.
    asked = later.create_mfa_challenge(AuthenticationFactor.RECOVERYCODE)
    check("a challenge ends", value(asked, "expire") > value(asked, "$createdAt"))
    later.delete_mfa_authenticator(AuthenticatorType.TOTP)
    check("without an authenticator one factor is enough", value(own.get(), "email") == entry[0])
    check("a number", value(own.update_phone("+49301234567", entry[1]), "phone") == "+49301234567")
    check("no provider's account", value(own.list_identities(), "total") == 0)
    refused("a provider's account that is not there", 404, "user_identity_not_found", own.delete_identity, "none")


def identities():
    own = Account(session(value(Account(admin()).create_email_password_session("member@example.com", PASSWORD), "secret")))
    listed = own.list_identities()
    check("the provider's account is listed", value(listed, "total") == 1)
    own.delete_identity(value(value(listed, "identities")[0], "$id"))
    check("and gone", value(own.list_identities(), "total") == 0)


def rights():
    users, teams = Users(admin()), Teams(admin())
    secret = value(Account(admin()).create_email_password_session("member@example.com", PASSWORD), "secret")
    account = Account(session(secret))
    check("labels are set", value(users.update_labels("member", ["pro"]), "labels") == ["pro"])
    check("and seen at once", value(account.get(), "labels") == ["pro"])
    users.update_status("member", False)
    refused("a blocked user", 403, "user_blocked", account.get)
    users.update_status("member", True)
    check("an unblocked user's session revives", value(account.get(), "$id") == "member")
    check("no teams yet", value(Teams(session(secret)).list(), "total") == 0)
    made = teams.create_membership("staff", ["editor"], user_id="member")
    check("a key makes a member at once", value(made, "confirm") is True)
    mine = Teams(session(secret))
    check("the team is seen", [value(one, "$id") for one in value(mine.list(), "teams")] == ["staff"])
    found = mine.list_memberships("staff", [Query.equal("userId", ["member"]), Query.limit(5)])
    check("and the roles in it", [value(one, "roles") for one in value(found, "memberships")] == [["editor"]])
    check("one membership", value(mine.get_membership("staff", value(made, "$id")), "userId") == "member")
    teams.delete_membership("staff", value(made, "$id"))
    refused("a team one has left", 404, "team_not_found", mine.get, "staff")
    own = mine.create(ID.unique(), "Own")
    check("whoever makes a team is in it", value(own, "total") == 1)
    mine.delete(value(own, "$id"))
    check("the place is answered", value(Locale(session(secret)).get(), "ip") != "")


def main():
    schema = Schema(sys.argv[5]) if len(sys.argv) > 5 else None
    if schema:
        listen(schema)
    sessions(sign_in())
    guest()
    sign_up()
    mails()
    factors()
    token()
    oauth()
    identities()
    rights()
    if schema:
        check(f"{schema.checked} answers were checked against the schema", schema.checked > 40)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
