import HTTPTypes
import Hummingbird
import NIOCore

/// Lets the pages of a preview run its script, too, and ask for news.
enum PreviewDecoration {
    /// Puts the script behind a page's last byte, where every browser still runs it, and says that no browser may keep
    /// the answer: a page of a minute ago is the one thing that an author must not see.
    static func decorate(_ response: Response, release: String) -> Response {
        // A part of a file is left as it is: a script behind it would be no script.
        guard response.status != .partialContent else { return response }
        var response = response
        response.headers[.cacheControl] = "no-store"
        response.headers[.eTag] = nil
        guard response.headers[.contentType]?.hasPrefix("text/html") ?? false,
            response.headers[.contentEncoding] == nil
        else { return response }
        response.headers[.contentSecurityPolicy] = SecurityHeaders.scripted
        let tag = ByteBuffer(
            string: "<script src=\"\(PreviewRoutes.root)live.js\" data-release=\"\(release)\"></script>\n"
        )
        let page = response.body
        response.headers[.contentLength] = nil
        let length = page.contentLength.map { $0 + tag.readableBytes }
        response.body = ResponseBody(contentLength: length) { writer in
            try await page.write(Behind(writer: writer, tail: tag))
        }
        return response
    }
}

/// Writes a tail behind what goes through.
private struct Behind: ResponseBodyWriter {
    var writer: any ResponseBodyWriter
    let tail: ByteBuffer

    mutating func write(_ buffer: ByteBuffer) async throws { try await writer.write(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await writer.write(tail)
        try await writer.finish(trailingHeaders)
    }
}
