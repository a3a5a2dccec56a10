import Gate
import Ground
import HTTPTypes
import Testing

@testable import Server

/// Which encoding is chosen, and what an answer says of it (RFC 9110 §8.4, §12.5.3).
struct EncodingTests {
    private static func route(_ visibility: Visibility = .public, twins: Bool = true) throws -> Route {
        var route = Route(
            path: try #require(PagePath("/a/")),
            kind: .page,
            access: Access(visibility: visibility, requirements: [], place: Place(file: "x")),
            file: "a/index.html",
            mediaType: "text/html; charset=utf-8",
            length: 100,
            digest: String(repeating: "aa", count: 32),
            source: "content/a.md"
        )
        guard twins else { return route }
        route.twins = [
            Twin(
                coding: .gzip,
                file: "a/index.html.gz",
                length: 60,
                digest: String(repeating: "bb", count: 32)
            ),
            Twin(
                coding: .br,
                file: "a/index.html.br",
                length: 50,
                digest: String(repeating: "cc", count: 32)
            ),
        ]
        return route
    }

    private static func answer(
        _ fields: HTTPFields,
        _ method: HTTPRequest.Method = .get,
        _ visibility: Visibility = .public
    ) throws -> PageAnswer {
        let route = try route(visibility)
        let request = PageRequest(method: method, path: route.path, fields: fields)
        let responder = PageResponder(table: try GateTable([route]), signIn: nil, now: 0)
        let outcome = responder.outcome(for: request, standing: .member(Member(id: "m")))
        guard case .answer(let answer) = outcome else { throw Problem.internalError }
        return answer
    }

    @Test(arguments: [
        ("gzip, deflate, br, zstd", ContentCoding.br), ("gzip", .gzip), ("br", .br), ("BR", .br),
        ("x-gzip", .gzip),
        ("gzip;q=1.0, br;q=0.5", .gzip), ("gzip;q=0.5, br;q=0.501", .br), ("br ; q=0.1,gzip ;Q=0.2", .gzip),
        ("br;q=0, gzip", .gzip), ("br;q=0.000, gzip;q=0", nil), ("*", .br), ("*;q=0", nil),
        ("br;q=0, *", .gzip),
        ("*;q=0.5, gzip", .gzip), ("identity", nil), ("identity, br;q=0.5", nil), ("identity;q=0.5, br", .br),
        ("identity;q=0.5, gzip;q=0.5", .gzip), ("identity;q=0, *;q=0", nil), ("identity;q=0", nil), ("", nil),
        ("identity;q=0, gzip", .gzip), ("deflate, zstd", nil), ("br;q=2", nil), ("br;q=0.1234", nil),
        ("br;q=", nil),
        ("br;q=1.001", nil), ("br;level=11", nil), ("br;q=0.5;x=1", nil), (",,;,br,", .br), ("br;q=-1", nil),
        ("brr", nil), ("gzip;q=0, gzip", nil), (nil, nil),
    ])
    func `the best encoding is what the browser weighs most`(field: String?, expected: ContentCoding?) throws
    {
        var fields: HTTPFields = [:]
        fields[.acceptEncoding] = field
        #expect(try Representation(of: Self.route(), for: fields).coding == expected)
    }

    @Test func `a route without twins is sent as it is`() throws {
        let route = try Self.route(twins: false)
        #expect(Representation(of: route, for: [.acceptEncoding: "gzip, br, *"]) == Representation(route))
    }

    @Test(arguments: [("identity", nil, 100), ("gzip", "gzip", 60), ("br", "br", 50)])
    func `an encoding has its own tag, length and range`(accepted: String, encoding: String?, length: Int)
        throws
    {
        let answer = try Self.answer([.acceptEncoding: accepted])
        #expect(answer.status == .ok && answer.fields[.contentEncoding] == encoding)
        #expect(answer.fields[.contentType] == "text/html; charset=utf-8")
        #expect(answer.fields[.vary] == "Accept-Encoding")
        guard case .file(let sent, nil) = answer.body else {
            Issue.record("no file was sent")
            return
        }
        #expect(sent.length == length)
        let tag = try #require(answer.fields[.eTag])
        #expect(tag.hasPrefix("\""), "a weak tag is good for no range")

        let part = try Self.answer([.acceptEncoding: accepted, .range: "bytes=10-", .ifRange: tag])
        #expect(part.status == .partialContent && part.fields[.contentEncoding] == encoding)
        #expect(part.fields[.contentRange] == "bytes 10-\(length - 1)/\(length)")
        #expect(part.body == .file(sent, 10...(length - 1)))

        let beyond = try Self.answer([.acceptEncoding: accepted, .range: "bytes=\(length)-"])
        #expect(beyond.status == .rangeNotSatisfiable)
        #expect(beyond.fields[.contentRange] == "bytes */\(length)")
    }

    @Test func `a tag is known again with its own encoding, and with no other`() throws {
        let codings = ["identity", "gzip", "br"]
        let tags = try codings.map { try #require(try Self.answer([.acceptEncoding: $0]).fields[.eTag]) }
        #expect(Set(tags).count == 3)
        for (coding, own) in zip(codings, tags) {
            for tag in tags {
                for visibility in Visibility.allCases {
                    let answer = try Self.answer(
                        [.acceptEncoding: coding, .ifNoneMatch: tag],
                        .get,
                        visibility
                    )
                    #expect(answer.status == (tag == own ? .notModified : .ok))
                    #expect(answer.fields[.eTag] == own)
                    let vary = visibility == .public ? "Accept-Encoding" : "Cookie, Accept-Encoding"
                    #expect(answer.fields[.vary] == vary)
                    if tag == own { #expect(answer.body == .none && answer.fields[.contentEncoding] == nil) }
                }
            }
        }
    }

    @Test func `the tag of another encoding asks for all of this one`() throws {
        let other = try #require(try Self.answer([.acceptEncoding: "gzip"]).fields[.eTag])
        let answer = try Self.answer([.acceptEncoding: "br", .range: "bytes=10-", .ifRange: other])
        #expect(answer.status == .ok && answer.fields[.contentRange] == nil)
    }

    @Test(arguments: ["identity", "gzip", "br"])
    func `HEAD is answered like GET`(coding: String) throws {
        let (got, asked) = try (
            Self.answer([.acceptEncoding: coding]), Self.answer([.acceptEncoding: coding], .head)
        )
        #expect(got.status == asked.status && got.fields == asked.fields && got.body == asked.body)
    }
}
