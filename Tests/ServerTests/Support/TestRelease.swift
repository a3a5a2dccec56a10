import Compression
import Crypto
import Foundation
import Gate
import Ground
import Settings
import Theme

/// A small release on disk, written by hand, so that the server is tested without the build.
///
/// Every page has its twins.
struct TestRelease {
    /// The output folder; removed by `remove()`.
    let output: String
    /// The site's own first.
    let languages: [String]

    /// A rendering of a page for those who meet these.
    typealias Part = (requirements: [Requirement], body: String)
    typealias Feed = (path: String, type: String, requirements: [Requirement], body: String)
    typealias Page = (path: String, visibility: Visibility, requirements: [Requirement], body: String)

    /// Words of which each stands in one private file only.
    static let privateWords = ["Quillwort", "Saltmarsh", "Ironbark", "Dovetail", "Marginalia"]

    static let pages: [Page] = [
        ("/", .public, [], "<h1>Welcome, everyone</h1>"),
        ("/about/", .public, [], "<h1>About</h1>"),
        ("/members/", .private, [], "<h1>Quillwort for members</h1>"),
        ("/members/handbook/", .private, [], "<h1>Saltmarsh handbook</h1>"),
        ("/pro/", .private, [Requirement(labels: ["pro"])], "<h1>Ironbark for pros</h1>"),
        ("/staff/", .private, [Requirement(teams: ["staff"])], "<h1>Dovetail for staff</h1>"),
        ("/verified/", .private, [Requirement.verified], "<h1>Marginalia for the verified</h1>"),
    ]

    init(
        id: String = "20261123T101500Z-aaaaaa",
        pages: [Page] = pages,
        languages: [String] = ["en"],
        parts: [String: [Part]] = [:],
        feeds: [Feed] = []
    ) throws {
        self.languages = languages
        output =
            FileManager.default.temporaryDirectory.appendingPathComponent("gatehouse-\(UUID().uuidString)")
            .path
        try add(id: id, pages: pages, parts: parts, feeds: feeds)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: output)
    }

    /// Writes one more release and points `current` at it.
    func add(
        id: String,
        pages: [Page],
        parts: [String: [Part]] = [:],
        feeds: [Feed] = []
    ) throws {
        let folder = "\(output)/releases/\(id)"
        var routes: [Route] = []
        for page in pages {
            let file = String(page.path.dropFirst()) + "index.html"
            let type = "text/html; charset=utf-8"
            var made = try route(
                page.path,
                .page,
                page.visibility,
                page.requirements,
                file,
                type,
                page.body,
                folder
            )
            made.renderings = try parts[page.path]?.enumerated().map { number, part in
                let file = ".readers/\(number + 1)/\(file)"
                let alone = try route(
                    page.path,
                    .page,
                    .private,
                    part.requirements,
                    file,
                    type,
                    part.body,
                    folder
                )
                var rendering = Rendering(
                    requirements: part.requirements,
                    file: file,
                    length: alone.length,
                    digest: alone.digest
                )
                rendering.twins = alone.twins
                return rendering
            }
            routes.append(made)
        }
        routes.append(
            try route(
                "/site.css",
                .asset,
                .public,
                [],
                "site.css",
                "text/css; charset=utf-8",
                "body{}",
                folder
            )
        )
        routes.append(
            try route(
                "/members/plan.svg",
                .asset,
                .private,
                [],
                "members/plan.svg",
                "image/svg+xml",
                "<svg>Quillwort</svg>",
                folder
            )
        )
        for feed in feeds {
            routes.append(
                try route(
                    feed.path,
                    .asset,
                    .private,
                    feed.requirements,
                    String(feed.path.dropFirst()),
                    feed.type,
                    feed.body,
                    folder
                )
            )
        }
        try GateTable(routes).json().write(to: URL(fileURLWithPath: "\(folder)/gate.json"))
        let theme =
            URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
            + "/themes/lantern"
        try FileManager.default.copyItem(atPath: String(theme), toPath: "\(folder)/theme")
        try Self.site(languages, words: "\(folder)/theme/words").write(
            to: URL(fileURLWithPath: "\(folder)/site.json")
        )
        try? FileManager.default.removeItem(atPath: "\(output)/current")
        try FileManager.default.createSymbolicLink(
            atPath: "\(output)/current",
            withDestinationPath: "releases/\(id)"
        )
    }
}

extension TestRelease {
    /// What the build writes of the site and the theme's words, in each language.
    private static func site(_ languages: [String], words folder: String) throws -> Data {
        var contexts: [[String: TemplateValue]] = try languages.map { language in
            let text = try String(contentsOfFile: "\(folder)/\(language).yaml", encoding: .utf8)
            let root = try YAMLDocument(parsing: text, file: "\(language).yaml").root
            return [
                "site": .table([
                    "title": "Test Site", "language": .text(language), "url": "http://127.0.0.1",
                    "direction": "ltr", "home": "/", "menu": .list([]),
                ]),
                "words": words(root, language),
            ]
        }
        var own = contexts.removeFirst()
        if !contexts.isEmpty { own["languages"] = .list(contexts.map(TemplateValue.table)) }
        own["asset"] = .table([
            "lantern": .table(["css": "/assets/lantern.css", "js": "/assets/lantern.js"]),
            "favicon": .table(["svg": "/assets/favicon.svg"]),
        ])
        own["auth"] = .table([
            "sign_in": "/login", "sign_up": "/signup", "account": "/account", "sign_out": "/logout",
        ])
        return try JSONEncoder().encode(own)
    }

    private static func words(_ value: YAMLValue, _ language: String) -> TemplateValue {
        switch value.content {
        case .nothing: ""
        case .scalar(let text, _): .text(text)
        case .list(let values): .list(values.map { words($0, language) })
        case .table(let entries):
            .table(
                Dictionary(
                    entries.map { ($0.key, words($0.value, language)) } + [("language", .text(language))]
                ) { first, _ in first }
            )
        }
    }

    private func route(
        _ path: String,
        _ kind: Route.Kind,
        _ visibility: Visibility,
        _ requirements: [Requirement],
        _ file: String,
        _ type: String,
        _ body: String,
        _ folder: String
    ) throws -> Route {
        let place = URL(fileURLWithPath: "\(folder)/\(visibility.rawValue)/\(file)")
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(body.utf8).write(to: place)
        let digest = Self.digest(Data(body.utf8))
        let codings = kind == .page ? ContentCoding.allCases : []
        let twins = try codings.map { coding in
            let coded = Data(try coding.compress(Array(body.utf8), .quick))
            try coded.write(to: URL(fileURLWithPath: place.path + coding.ending))
            let file = file + coding.ending
            return Twin(coding: coding, file: file, length: coded.count, digest: Self.digest(coded))
        }
        guard let path = PagePath(path) else { throw CocoaError(.fileNoSuchFile) }
        var route = Route(
            path: path,
            kind: kind,
            access: Access(
                visibility: visibility,
                requirements: requirements,
                place: Place(file: "content/x.md")
            ),
            file: file,
            mediaType: type,
            length: body.utf8.count,
            digest: digest,
            source: "content/x.md"
        )
        if !twins.isEmpty { route.twins = twins }
        return route
    }

    private static func digest(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }
}
