import Foundation
import Ground
import Settings
import Testing

/// One mistake a line, below a configuration that is otherwise good.
struct SettingsMistakesTests {
    static let mistakes: [(text: String, expected: String)] = [
        ("themes: x", "3:1 unknown key 'themes'"),
        ("theme: ../x", "3:8 theme must be the name of a folder below themes, found '../x'"),
        ("theme:", "3:7 theme must be the name of a folder below themes, found nothing"),
        ("theme: l-${X}", "3:8 an environment variable must be the whole value here, as in ${NAME}"),
        ("language: de_DE", "3:11 language must be a language tag such as en or pt-BR, found 'de_DE'"),
        ("visibility: private", "3:13 visibility must be a table of keys and values, found 'private'"),
        ("visibility: { default: members }", "3:24 default must be public or private, found 'members'"),
        ("visibility: { rules: { path: /a } }", "3:22 rules must be a list, found a table"),
        ("visibility: { rules: [ /a ] }", "3:24 a rule must be a table of keys and values, found '/a'"),
        ("visibility: { rules: [{ visibility: private }] }", "3:23 the key 'path' is missing"),
        ("visibility: { rules: [{ path: /a }] }", "3:23 the key 'visibility' is missing"),
        (
            "visibility: { rules: [{ path: a/**, visibility: private }] }",
            "3:31 path must be a pattern such as /members/** or /*/drafts/, found 'a/**'"
        ),
        (
            "visibility: { rules: [{ path: /a, visibility: public, allow: { teams: [x] } }] }",
            "3:55 'allow' on a public rule admits nobody in particular"
        ),
        (
            "visibility: { rules: [{ path: /a, visibility: private, allow: {} }] }",
            "3:63 allow asks for nothing"
        ),
        (
            "visibility: { rules: [{ path: /a, visibility: private, allow: { label: pro } }] }",
            "3:65 unknown key 'label'"
        ),
        (
            "visibility: { rules: [{ path: /a, visibility: private, allow: { labels: pro } }] }",
            "3:73 labels must be a list, such as [one, two], found 'pro'"
        ),
        (
            "visibility: { rules: [{ path: /a, visibility: private, allow: { verified: \"true\" } }] }",
            "3:75 verified must be true or false, found the text 'true'"
        ),
        ("appwrite: { endpoint: https://a.example/v1, key: '${K}' }", "3:11 the key 'project' is missing"),
        ("appwrite: { endpoint: https://a.example/v1, project: p }", "3:11 the key 'key' is missing"),
        (
            "appwrite: { endpoint: 'https://a.example/v1?x', project: p, key: '${K}' }",
            "3:23 endpoint must be an http:// or https:// address such as https://fra.cloud.appwrite.io/v1, found 'https://a.example/v1?x'"
        ),
        ("appwrite: { project: 'a b' }", "3:22 project must be a project id such as 65f0c2, found 'a b'"),
        ("appwrite:\n  project: ${NOT_SET}", "4:12 the environment variable NOT_SET is not set"),
        ("appwrite:\n  project: p${EMPTY}", "4:12 the environment variable EMPTY is empty"),
        ("appwrite:\n  project: ${A-B}", "4:12 'A-B' is not the name of an environment variable"),
        ("appwrite:\n  project: ${A", "4:12 '${' without '}'"),
        (
            "hooks: crm",
            "3:8 hooks must be a list, each with 'url', 'events' and 'secret', found 'crm'"
        ),
        (
            "hooks: [{ events: [guest], secret: '${S}' }]",
            "3:9 the key 'url' is missing"
        ),
        (
            "hooks: [{ url: 'https://a.example/', secret: '${S}' }]",
            "3:9 the key 'events' is missing"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [guest] }]",
            "3:9 the key 'secret' is missing"
        ),
        (
            "hooks: [{ url: 'http://a.example/', events: [guest], secret: '${S}' }]",
            "3:16 url must be an https:// address, or an http:// one on this machine, found 'http://a.example/'"
        ),
        (
            "hooks: [{ url: 'https://u@a.example/', events: [guest], secret: '${S}' }]",
            "3:16 url must be an https:// address, or an http:// one on this machine, found 'https://u@a.example/'"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [signin], secret: '${S}' }]",
            "3:47 unknown event 'signin'"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [], secret: '${S}' }]",
            "3:46 a hook without events is never told anything"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [guest], secret: hush }]",
            "3:63 secret must name an environment variable: keys never stand in files"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [guest], secret: '${S}', timeout: 2m }]",
            "3:80 timeout must be a duration from 50ms to 60s, such as 500ms, found '2m'"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [guest], secret: '${S}', on_failure: allow }]",
            "3:83 on_failure is for hooks that are asked"
        ),
        (
            "hooks: [{ name: ../x, url: 'https://a.example/', events: [guest], secret: '${S}' }]",
            "3:17 name must be a name of letters, digits, '-', '_' and '.', found '../x'"
        ),
        (
            "hooks: [{ url: 'https://a.example/', events: [guest], secret: '${S}' }, { url: 'https://a.example/b', events: [guest], secret: '${S}' }]",
            "3:73 two hooks have the name 'a.example'"
        ),
        (
            "audit: audit.log",
            "3:8 audit must be a table of keys and values, found 'audit.log'"
        ),
        ("auth: { email_password: yes }", "3:25 email_password must be true or false, found 'yes'"),
        ("auth: { oauth: github }", "3:16 oauth must be a list, such as [github, google], found 'github'"),
        ("auth: { oauth: [gitub] }", "3:17 unknown provider 'gitub'"),
        (
            "auth: { oauth: [{ name: a/b, title: X }] }",
            "3:25 a provider's name is letters and digits, found 'a/b'"
        ),
        (
            "auth: { oauth: [{ name: success, title: X }] }",
            "3:7 two routes of signing in have the path '/oauth/success'"
        ),
        ("auth: { oauth: [github, github] }", "3:25 the provider 'github' stands twice"),
        ("auth: { oauth: [{ scopes: [a] }] }", "3:17 the key 'name' is missing"),
        ("auth: { oauth: [{ name: github, scope: [a] }] }", "3:33 unknown key 'scope'"),
        ("auth: { cookie: { same_site: none } }", "3:30 same_site must be strict or lax, found 'none'"),
        ("auth: { cookie: { secure: never } }", "3:27 secure must be auto or true or false, found 'never'"),
        (
            "auth: { routes: { login: /in/ } }",
            "3:26 login must be a path such as /login, without a closing slash, found '/in/'"
        ),
        (
            "auth: { routes: { login: in } }",
            "3:26 login must be a path such as /login, without a closing slash, found 'in'"
        ),
        (
            "auth: { routes: { login: '/{id}' } }",
            "3:26 login must be a path such as /login, without a closing slash, found '/{id}'"
        ),
        ("auth: { routes: { login: /logout } }", "3:17 two routes of signing in have the path '/logout'"),
        ("auth: { routes: { account: /user } }", "3:17 two routes of signing in have the path '/user'"),
        ("auth: { cache: 30 }", "3:16 cache must be a duration from 0s to 1h, such as 30s, found '30'"),
        ("auth: { cache: 2h }", "3:16 cache must be a duration from 0s to 1h, such as 30s, found '2h'"),
        ("auth: { cache: -1s }", "3:16 cache must be a duration from 0s to 1h, such as 30s, found '-1s'"),
        (
            "auth: { outage: open }",
            "3:17 outage must be closed, or grace and a duration up to 24h, such as 'grace 15m', found 'open'"
        ),
        (
            "auth: { outage: grace }",
            "3:17 outage must be closed, or grace and a duration up to 24h, such as 'grace 15m', found 'grace'"
        ),
        (
            "guests: { sessions: always }",
            "3:21 sessions must be second-read or first-read or off, found 'always'"
        ),
        ("guests: { limit: 120 }", "3:18 limit must be a rate such as 120/1m, found '120'"),
        ("server: { port: 0 }", "3:17 port must be a number from 1 to 65535, found '0'"),
        ("server: { port: 65536 }", "3:17 port must be a number from 1 to 65535, found '65536'"),
        (
            "server: { port: 99999999999999999999 }",
            "3:17 port must be a number from 1 to 65535, found '99999999999999999999'"
        ),
        ("server: { port: [1] }", "3:17 port must be a number from 1 to 65535, found a list"),
        ("server: { host: '' }", "3:17 host must be an address or a host name, found ''"),
        ("server: { host: 'a b' }", "3:17 host must be an address or a host name, found 'a b'"),
        (
            "server: { trusted_proxies: [10.0.0.1/8] }",
            "3:29 trusted_proxies must be addresses or ranges, found '10.0.0.1/8'"
        ),
        (
            "server: { trusted_proxies: 10.0.0.0/8 }",
            "3:28 trusted_proxies must be a list, such as [one, two], found '10.0.0.0/8'"
        ),
        (
            "server: { trusted_proxies: [[]] }",
            "3:29 trusted_proxies must be a list of texts, found a list in it"
        ),
        ("markdown: { dialect: [markdock] }", "3:23 unknown dialect 'markdock'"),
        ("build: { releases_kept: 0 }", "3:25 releases_kept must be a number from 1 to 1000, found '0'"),
        ("build: { compress: [gzip, zip] }", "3:27 unknown coding 'zip'"),
        ("build: { shrink: true }", "3:10 unknown key 'shrink'"),
    ]

    @Test(arguments: mistakes)
    func `a mistake says where it is and what was expected`(text: String, expected: String) {
        #expect(problems("title: T\nurl: https://a.example\n" + text) == [expected])
    }

    @Test(arguments: [
        ("", "0:0 the configuration is empty"), ("# nothing\n", "0:0 the configuration is empty"),
        ("- a\n- b\n", "1:1 the configuration must be a table of keys and values, found a list"),
        ("just words", "1:1 the configuration must be a table of keys and values, found 'just words'"),
        ("title: ''\nurl: https://a.example", "1:8 title must be a text, found an empty one"),
        ("title: [T]\nurl: https://a.example", "1:8 title must be a text, found a list"),
        ("title: T", "1:1 the key 'url' is missing"),
    ])
    func `a file that is no configuration says so`(text: String, expected: String) {
        #expect(problems(text) == [expected])
    }

    static let literalKeys = [
        "standard_s3cret", "'s3cret'", "$s3cret", "${s3cret", "x${K}", "${K}s3cret", "{ a: s3cret }",
        "[s3cret]", "s3cret s3cret",
        "|\n    s3cret\n", "1234567", "", "${s3cret-1}",
    ]

    @Test(arguments: literalKeys)
    func `a key in the file is refused and never shown`(key: String) throws {
        let text =
            "title: T\nurl: https://a.example\nappwrite:\n  endpoint: https://a.example/v1\n  project: p\n  key: \(key)"
        let refusal = #expect(throws: Diagnostics.self) {
            try Settings(parsing: text, file: "site.config", environment: ["K": "s3cret"])
        }
        let all = try #require(refusal)
        #expect(
            all.all.map(\.problem) == ["key must name an environment variable: keys never stand in files"]
        )
        #expect(all.all.first?.place.line == 6)
        #expect(!all.description.contains("s3cret"))
        #expect(!all.description.contains("1234567"))
    }

    @Test
    func `a missing folder or file says where a configuration is expected`() {
        let refusal = #expect(throws: Diagnostics.self) {
            try Settings.load(folder: "/nowhere/at/all", environment: [:])
        }
        #expect(refusal?.all.map(\.problem) == ["there is no site.config in '/nowhere/at/all'"])
        #expect(refusal?.all.first?.advice?.contains("gatehouse expects a site.config here") == true)
    }

    @Test(arguments: [
        (Data("title: T\u{0}\n".utf8), "1:9 the control character U+0000 is not allowed here"),
        (Data([0x74, 0x3a, 0x20, 0xff]), "0:0 the configuration is not UTF-8"),
        (Data(repeating: 0x61, count: 300_000), "0:0 the configuration is larger than 262144 bytes"),
    ])
    func `a file that cannot be read as text says so`(data: Data, expected: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try data.write(to: folder.appending(path: "site.config"))
        let refusal = #expect(throws: Diagnostics.self) {
            try Settings.load(folder: folder.path, environment: [:])
        }
        #expect(refusal?.all.map { "\($0.place.line):\($0.place.column) \($0.problem)" } == [expected])
    }

    @Test func `a link to a file is read, and what it leads to is measured first`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let real = folder.appending(path: "real").path
        #expect(symlink("real", folder.appending(path: "site.config").path) == 0)
        func problems() -> [String] {
            do {
                _ = try Settings.load(folder: folder.path, environment: [:])
                return []
            } catch {
                return error.all.map(\.problem)
            }
        }
        try Data("title: T\nurl: http://localhost\n".utf8).write(to: URL(filePath: real))
        #expect(problems() == [])
        #expect(truncate(real, 64 << 30) == 0)
        #expect(problems() == ["the configuration is larger than 262144 bytes"])
        #expect(unlink(real) == 0 && mkfifo(real, 0o600) == 0)
        #expect(problems() == ["the configuration is no plain file"])
    }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try Settings(
                parsing: text,
                file: "site.config",
                environment: ["EMPTY": "", "X": "x", "K": "k"]
            )
            return []
        } catch {
            return error.all.map { "\($0.place.line):\($0.place.column) \($0.problem)" }
        }
    }
}
