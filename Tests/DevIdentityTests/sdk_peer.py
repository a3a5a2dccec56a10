"""Speaks to Appwrite, or to what stands in for it, with Appwrite's own Python SDK, which was written for the real server.

    python sdk_peer.py [ENDPOINT PROJECT KEY]

Without arguments APPWRITE_ENDPOINT, APPWRITE_PROJECT and APPWRITE_API_KEY say where. The key needs sessions.write, users.read,
users.write, teams.read, teams.write and locale.read. Everybody who is needed is made with the key and removed at the end, so
a project with other users in it is as good as an empty one.

Needs the packages `appwrite` (27) and `jsonschema`. Each request and each answer is checked against the schema of its
operation in Tests/Fixtures/appwrite. Mails and providers can be followed only where the local identity service answers.
Prints one line a check and the totals, and ends with 1 when a check failed.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import struct
import sys
import time
import urllib.parse

import jsonschema
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

NAMES = ["APPWRITE_ENDPOINT", "APPWRITE_PROJECT", "APPWRITE_API_KEY"]
ENDPOINT, PROJECT, KEY = sys.argv[1:4] if len(sys.argv) > 3 else [os.environ[name] for name in NAMES]
SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Fixtures/appwrite/openapi.json")
PASSWORD = "open-the-gate"
# Those of another run, or of the project itself, are not in the way.
RUN = secrets.token_hex(4)
PHONES = [f"+4930{secrets.randbelow(10**8):08}" for _ in range(3)]
failures = []


def person(name):
    """The id of somebody whom this run makes."""
    return f"peer-{RUN}-{name}"


def address(name):
    return f"{name}.{RUN}@example.com"


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
    """Checks requests and answers against the OpenAPI file, by listening to what the SDK sends."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = self.plain(json.load(file))
        self.paths = [
            (re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in self.document["paths"]
        ]
        # Fixed words win over names.
        self.paths.sort(key=lambda pair: pair[1].count("{"))
        self.requests = self.answers = 0
        self.seen, self.unlisted = set(), set()

    def plain(self, node):
        """OpenAPI 3.0's `nullable` in JSON Schema's words."""
        if isinstance(node, dict):
            node = {name: self.plain(inner) for name, inner in node.items()}
            if node.pop("nullable", False) is True:
                return {"anyOf": [node, {"type": "null"}]}
        elif isinstance(node, list):
            node = [self.plain(inner) for inner in node]
        return node

    def exchanged(self, response):
        path = urllib.parse.urlsplit(response.request.url).path.removeprefix("/v1")
        method = response.request.method.lower()
        templates = [template for pattern, template in self.paths if pattern.match(path)]
        template = next((one for one in templates if method in self.document["paths"][one]), None)
        if template is None:
            return self.unlisted.add(f"{method.upper()} {path}")
        self.seen.add(f"{method.upper()} {template}")
        operation = self.document["paths"][template][method]
        what = f"schema of {method.upper()} {path}: {response.status_code}"
        # What the server refused for its shape need not have it.
        if response.status_code < 400:
            self.asked(response.request, operation, what)
        self.answered(response, operation, what)

    def asked(self, request, operation, what):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None and request.body:
            self.requests += 1
            self.holds(json.loads(request.body), content["schema"], what + ", as it was asked")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(request.url).query)
        for parameter in operation.get("parameters", []):
            if parameter.get("required") and parameter["in"] == "query" and parameter["name"] not in query:
                check(f"{what} was asked without {parameter['name']}", False)

    def answered(self, response, operation, what):
        answers = operation["responses"]
        if response.status_code < 400 and str(response.status_code) not in answers:
            return check(what + " is not a documented status", False)
        answer = answers.get(str(response.status_code), answers["default"])
        content = answer.get("content", {}).get("application/json")
        if content is None:
            return
        if response.status_code >= 400 and not response.headers["Content-Type"].startswith("application/json"):
            return
        self.answers += 1
        self.holds(response.json(), content["schema"], what)

    def holds(self, value, schema, what):
        try:
            jsonschema.validate(value, {**schema, "components": self.document["components"]})
        except jsonschema.ValidationError as error:
            check(f"{what}: {error.message} at {list(error.path)}", False)

    def listen(self):
        send = requests.Session.send

        def heard(session, request, **named):
            response = send(session, request, **named)
            if response.request.url.startswith(ENDPOINT):
                self.exchanged(response)
            return response

        requests.Session.send = heard

    def totals(self):
        """In one line; DELETE /account and the way back from providers are no operations of the schema."""
        known = sum(method in ["get", "post", "put", "patch", "delete"]
                    for path in self.document["paths"].values() for method in path)
        return (f"{self.requests} requests and {self.answers} answers hold against the schema, of {len(self.seen)} of its "
                f"{known} operations; {len(self.unlisted)} exchanges are none of them")


def is_local():
    """Whether the local identity service answers, which shows what it mails."""
    try:
        return requests.get(ENDPOINT.removesuffix("/v1") + "/outbox.json", timeout=5).json().keys() == {"messages"}
    except (requests.RequestException, ValueError, AttributeError):
        return False


def arrive():
    """Makes everybody whom the checks need."""
    users, teams = Users(admin()), Teams(admin())
    for name in ["member", "pro", "staff", "unverified", "blocked"]:
        users.create(person(name), address(name), None, PASSWORD, name.title())
        if name != "unverified":
            users.update_email_verification(person(name), True)
    users.update_labels(person("pro"), ["pro"])
    users.update_status(person("blocked"), False)
    teams.create(person("team"), "Staff")
    teams.create_membership(person("team"), ["member"], user_id=person("staff"))


def leave():
    """Removes them, and whoever came by a mail or a message."""
    users, after = Users(admin()), []
    Teams(admin()).delete(person("team"))
    while page := value(users.list([Query.limit(100), *after]), "users"):
        after = [Query.cursor_after(value(page[-1], "$id"))] if len(page) == 100 else []
        for user in page:
            if f".{RUN}@" in value(user, "email") or value(user, "phone") in PHONES:
                users.delete(value(user, "$id"))
        if not after:
            break


def sign_in():
    account = Account(admin().set_forwarded_user_agent("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"))
    made = account.create_email_password_session(address("member"), PASSWORD)
    secret = value(made, "secret")
    check("sign-in gives a secret", len(secret) > 300)
    check("the browser's user agent is kept", value(made, "clientName") == "Firefox")
    check("the secret opens the account", value(Account(session(secret)).get(), "email") == address("member"))
    refused("wrong password", 401, "user_invalid_credentials", account.create_email_password_session,
            address("member"), "not-this-one")
    refused("unknown address", 401, "user_invalid_credentials", account.create_email_password_session,
            address("nobody"), PASSWORD)
    refused("blocked", 403, "user_blocked", account.create_email_password_session, address("blocked"), PASSWORD)
    refused("account by key", 401, "general_unauthorized_scope", account.get)
    keyless = Account(client()).create_email_password_session(address("member"), PASSWORD)
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
    again = value(Account(admin()).create_email_password_session(address("member"), PASSWORD), "secret")
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
            address("pro"), "long-enough")
    after = account.update_email(address("guest"), "long-enough")
    check("conversion keeps the id", value(after, "$id") == value(before, "$id"))
    prefs = account.get_prefs()
    check("and the preferences", (prefs if isinstance(prefs, dict) else prefs.data)["theme"] == "dark")
    check("the name can be changed", value(account.update_name("Gus"), "name") == "Gus")
    account.update_password("longer-still", "long-enough")
    Users(admin()).delete(value(before, "$id"))
    refused("a removed user", 401, "general_unauthorized_scope", account.get)


def sign_up():
    account = Account(admin())
    made = account.create(ID.unique(), address("New"), "long-enough", "Nia New")
    check("a new account is not verified", value(made, "emailVerification") is False)
    refused("the same address", 409, "user_already_exists", account.create, ID.unique(), address("new"),
            "long-enough")
    refused("a short password", 400, "general_argument_invalid", account.create, ID.unique(), address("x"), "short")


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
    account.create_magic_url_token(ID.unique(), address("magic"), url)
    opened = account.create_session(*linked(address("magic")))
    check("a mailed link signs in", value(opened, "provider") == "magic-url")
    own = Account(session(value(opened, "secret")))
    check("and proves the address", value(own.get(), "emailVerification") is True)
    refused("proving it again", 409, "user_email_already_verified", own.create_email_verification, url)
    refused("a link twice", 401, "user_invalid_token", account.create_session, *linked(address("magic")))
    code = account.create_email_token(ID.unique(), address("magic"))
    opened = account.create_session(value(code, "userId"), last(address("magic"))["code"])
    check("a mailed code signs in", value(opened, "factors") == ["email"])
    made = account.create_phone_token(ID.unique(), PHONES[0])
    opened = account.create_session(value(made, "userId"), last(PHONES[0])["code"])
    check("a code by message signs in", value(opened, "provider") == "phone")
    check("and proves the number", value(Account(session(value(opened, "secret"))).get(), "phoneVerification") is True)

    account.create_recovery(address("new"), url)
    Account(client()).update_recovery(*linked(address("new")), "longer-and-new")
    opened = account.create_email_password_session(address("new"), "longer-and-new")
    own = Account(session(value(opened, "secret")))
    check("recovery proves the address", value(own.get(), "emailVerification") is True)
    refused("recovery of nobody", 404, "user_not_found", account.create_recovery, address("nobody"), url)
    own.update_password("long-enough", "longer-and-new")

    opened = account.create_email_password_session(address("unverified"), PASSWORD)
    own = Account(session(value(opened, "secret")))
    own.create_email_verification(url)
    refused("proving with a wrong secret", 401, "user_invalid_token", Account(client()).update_email_verification,
            person("unverified"), "x")
    Account(client()).update_email_verification(*linked(address("unverified")))
    check("an address is proved", value(own.get(), "emailVerification") is True)
    own.update_phone(PHONES[1], PASSWORD)
    own.create_phone_verification()
    Account(client()).update_phone_verification(person("unverified"), last(PHONES[1])["code"])
    check("and a number", value(own.get(), "phoneVerification") is True)
    own.update_mfa(True)
    check("factors of the session that asks", value(own.get_session("current"), "factors") == ["password", "email", "phone"])
    Users(admin()).update_mfa(person("unverified"), False)


def token():
    users, account = Users(admin()), Account(admin())
    made = users.create_token(person("pro"))
    opened = account.create_session(person("pro"), value(made, "secret"))
    check("a token opens a session", value(opened, "provider") == "token")
    refused("a token twice", 401, "user_invalid_token", account.create_session, "pro", value(made, "secret"))
    users.delete_session(person("pro"), value(opened, "$id"))
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

    allowed = answer(decision="allow", email=address("member"), verified="yes")
    opened = account.create_session(allowed["userId"][0], allowed["secret"][0])
    check("the round trip opens a session", (value(opened, "provider"), value(opened, "userId")) == ("github", person("member")))
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
    entry = (address("new"), "long-enough")
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
    check("a number", value(own.update_phone(PHONES[2], entry[1]), "phone") == PHONES[2])
    check("no provider's account", value(own.list_identities(), "total") == 0)
    refused("a provider's account that is not there", 404, "user_identity_not_found", own.delete_identity, "none")


def identities():
    own = Account(session(value(Account(admin()).create_email_password_session(address("member"), PASSWORD), "secret")))
    listed = own.list_identities()
    check("the provider's account is listed", value(listed, "total") == 1)
    own.delete_identity(value(value(listed, "identities")[0], "$id"))
    check("and gone", value(own.list_identities(), "total") == 0)


def rights():
    users, teams = Users(admin()), Teams(admin())
    secret = value(Account(admin()).create_email_password_session(address("member"), PASSWORD), "secret")
    account = Account(session(secret))
    check("labels are set", value(users.update_labels(person("member"), ["pro"]), "labels") == ["pro"])
    check("and seen at once", value(account.get(), "labels") == ["pro"])
    users.update_status(person("member"), False)
    refused("a blocked user", 403, "user_blocked", account.get)
    users.update_status(person("member"), True)
    check("an unblocked user's session revives", value(account.get(), "$id") == person("member"))
    check("no teams yet", value(Teams(session(secret)).list(), "total") == 0)
    made = teams.create_membership(person("team"), ["editor"], user_id=person("member"))
    check("a key makes a member at once", value(made, "confirm") is True)
    mine = Teams(session(secret))
    check("the team is seen", [value(one, "$id") for one in value(mine.list(), "teams")] == [person("team")])
    found = mine.list_memberships(person("team"), [Query.equal("userId", [person("member")]), Query.limit(5)])
    check("and the roles in it", [value(one, "roles") for one in value(found, "memberships")] == [["editor"]])
    check("one membership", value(mine.get_membership(person("team"), value(made, "$id")), "userId") == person("member"))
    teams.delete_membership(person("team"), value(made, "$id"))
    refused("a team one has left", 404, "team_not_found", mine.get, person("team"))
    own = mine.create(ID.unique(), "Own")
    check("whoever makes a team is in it", value(own, "total") == 1)
    mine.delete(value(own, "$id"))
    check("the place is answered", value(Locale(session(secret)).get(), "ip") != "")


LOCAL = is_local()


def main():
    schema = Schema(SCHEMA)
    schema.listen()
    arrive()
    try:
        sessions(sign_in())
        guest()
        sign_up()
        if LOCAL:
            mails()
        factors()
        token()
        if LOCAL:
            oauth()
            identities()
        rights()
    finally:
        leave()
    check("exchanges were checked against the schema", schema.requests > 30 and schema.answers > 80)
    if not LOCAL:
        print("mails and providers cannot be followed here, and were left out")
    print(schema.totals())
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
