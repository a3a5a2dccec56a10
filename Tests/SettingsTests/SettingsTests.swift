import Gate
import Ground
import Settings
import Testing

struct SettingsTests {
    @Test
    func `title and url are enough`() throws {
        let settings = try Settings(
            parsing: "title: T\nurl: https://a.example",
            file: "site.config",
            environment: [:]
        )
        #expect(settings.title == "T")
        #expect(settings.url.origin == "https://a.example")
        #expect(settings.language == "en")
        #expect(settings.theme == "lantern")
        #expect(settings.visibility.fallback == .public)
        #expect(settings.visibility.rules.isEmpty)
        #expect(settings.appwrite == nil)
        #expect(settings.auth == AuthSettings())
        #expect(settings.guests == GuestSettings())
        #expect(settings.server == ServerSettings())
        #expect(settings.markdown == MarkdownSettings())
        #expect(settings.build == BuildSettings())
        #expect(settings.warnings.isEmpty)
    }

    @Test
    func `every key is read`() throws {
        let settings = try Settings(
            parsing: everyKey,
            file: "site.config",
            environment: ["PROJECT": "65f0c2", "PORT": "81"]
        )
        #expect(settings.title == "The Manual of 65f0c2")
        #expect(settings.language == "pt-BR")
        #expect(settings.theme == "dark-1")
        #expect(settings.visibility.fallback == .private)
        #expect(settings.visibility.rules.map(\.pattern.text) == ["/open/**", "/pro/**"])
        #expect(settings.visibility.rules.map(\.visibility) == [.public, .private])
        #expect(
            settings.visibility.rules.last?.requirements == [
                Requirement(labels: ["pro"]), Requirement(teams: ["staff"]), .verified,
            ]
        )
        #expect(settings.visibility.rules.map(\.place.line) == [8, 10])
        let key = SecretSetting(
            name: "APPWRITE_API_KEY",
            place: Place(file: "site.config", line: 16, column: 8)
        )
        #expect(
            settings.appwrite
                == AppwriteSettings(
                    endpoint: "https://fra.cloud.appwrite.io/v1",
                    project: "p-65f0c2",
                    key: key
                )
        )
        #expect(!settings.auth.emailPassword)
        #expect(!settings.auth.signUp)
        #expect(settings.auth.oauth.map(\.name) == ["github", "google"])
        #expect(settings.auth.oauth.map(\.scopes) == [[], ["email", "profile"]])
        #expect(settings.auth.cookie == CookieSettings(sameSite: .lax, secure: .always))
        #expect(settings.auth.routes.login.text == "/in")
        #expect(settings.auth.routes.logout.text == "/out")
        #expect(settings.auth.routes.signUp.text == "/join")
        #expect(settings.auth.routes.account.text == "/me")
        #expect(settings.auth.routes.oauth.text == "/with")
        #expect(settings.auth.cache == 60)
        #expect(settings.auth.outage == .grace(seconds: 900))
        #expect(settings.guests.sessions == .firstRead)
        #expect(settings.guests.limit == RateLimit(10, perSeconds: 1))
        #expect(settings.guests.unidentifiedLimit == RateLimit(5, perSeconds: 60))
        #expect(settings.guests.newSessionsPerAddress == RateLimit(3, perSeconds: 86400))
        #expect(settings.server.host == "0.0.0.0")
        #expect(settings.server.port == 81)
        #expect(settings.server.trustedProxies.map(\.text) == ["10.0.0.0/8", "::1"])
        #expect(!settings.markdown.gfm && settings.markdown.math)
        #expect(settings.markdown.rawHTML)
        #expect(settings.markdown.headingAnchors && settings.markdown.smart)
        #expect(!settings.markdown.highlight)
        #expect(settings.build.releasesKept == 2)
        #expect(settings.build.compress == [.br])
        #expect(!settings.build.fingerprint)
        #expect(!settings.build.photographs && settings.build.minify)
    }

    @Test
    func `a variable in a list is replaced, and an unset one is an error`() throws {
        let text = """
            title: T
            url: https://a.example
            visibility:
              rules:
                - { path: /pro/**, visibility: private, allow: { labels: ["${LABEL}"] } }
            """
        let settings = try Settings(parsing: text, file: "site.config", environment: ["LABEL": "gold"])
        #expect(settings.visibility.rules.first?.requirements == [Requirement(labels: ["gold"])])
        let diagnostics = try #require(throws: Diagnostics.self) {
            try Settings(parsing: text, file: "site.config", environment: [:])
        }
        let problem = "site.config:5:63: error: the environment variable LABEL is not set"
        #expect(diagnostics.description.contains(problem))
    }

    private let everyKey = """
        title: The Manual of ${PROJECT}
        url: https://a.example
        language: pt-BR
        theme: dark-1
        visibility:
          default: private
          rules:
            - path: /open/**
              visibility: public
            - path: /pro/**
              visibility: private
              allow: { labels: [pro], teams: [staff], verified: true }
        appwrite:
          endpoint: https://fra.cloud.appwrite.io/v1/
          project: p-${PROJECT}
          key: ${APPWRITE_API_KEY}
        auth:
          email_password: false
          sign_up: false
          oauth:
            - github
            - name: google
              scopes: [email, profile]
          cookie: { same_site: lax, secure: true }
          routes: { login: /in, logout: /out, sign_up: /join, account: /me, oauth: /with }
          cache: 1m
          outage: grace 15m
        guests: { sessions: first-read, limit: 10/s, unidentified_limit: 5/1m, new_sessions_per_address: 3/1d }
        server: { host: 0.0.0.0, port: "${PORT}", trusted_proxies: [10.0.0.0/8, "::1"] }
        markdown: { dialect: [math], raw_html: true, heading_anchors: true, smart: true, highlight: false }
        build: { compress: [br], fingerprint: false, minify: true, photographs: false, releases_kept: 2 }
        """

    @Test
    func `a section with nothing in it is as if it were not there`() throws {
        let text = "title: T\nurl: https://a.example\nauth:\nappwrite:\nvisibility:\n  rules:\nserver: {}\n"
        let settings = try Settings(parsing: text, file: "site.config", environment: [:])
        #expect(settings.auth == AuthSettings())
        #expect(settings.appwrite == nil)
    }

    @Test
    func `a rule that another hides is a warning`() throws {
        let rule = "    - { path: /a/**, visibility: private }\n"
        let text = "title: T\nurl: https://a.example\nvisibility:\n  rules:\n" + rule + rule
        let settings = try Settings(parsing: text, file: "site.config", environment: [:])
        #expect(settings.warnings.map(\.description.first) == ["s"])
        #expect(settings.warnings.map(\.severity) == [.warning])
        #expect(settings.warnings.map(\.place) == [Place(file: "site.config", line: 6, column: 7)])
    }

    @Test
    func `all mistakes are told at once, in the order of the file`() {
        let text = "titel: T\nurl: a.example\nserver:\n  port: abc\n  port: 1\nmarkdown:\n  raw_html: maybe\n"
        let refusal = #expect(throws: Diagnostics.self) {
            try Settings(parsing: text, file: "site.config", environment: [:])
        }
        #expect(
            refusal?.description == """
                site.config:1:1: error: the key 'title' is missing
                    it says a title, as in 'title: The Manual'
                site.config:1:1: error: unknown key 'titel'
                    did you mean 'title'?
                site.config:2:6: error: url must be http:// or https:// and a host, perhaps a port, found 'a.example'
                    a site begins at '/', so a path, a query or a user has no place here
                site.config:4:9: error: port must be a number from 1 to 65535, found 'abc'
                site.config:5:3: error: the key 'port' stands twice
                    keep one of the two
                site.config:7:13: error: raw_html must be true or false, found 'maybe'
                """
        )
    }
}
