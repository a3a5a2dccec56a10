import HTTPTypes
import Hummingbird
import NIOCore

extension FormBody {
    /// Reads a request's body, but no more of it than any of our forms has.
    init(_ request: Request) async throws {
        let length = request.headers[.contentLength].flatMap(Int.init)
        if let length, length > Self.limit { throw Problem.tooLarge }
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                bytes.append(contentsOf: part.readableBytesView)
                guard bytes.count <= Self.limit else { throw Problem.tooLarge }
            }
        } catch let problem as Problem {
            throw problem
        } catch is RequestTooSlow {
            throw Problem.tooSlow
        } catch {
            // The peer went away, or what it sent is no body (RFC 9112 §7.1): nothing of ours failed.
            throw Problem.malformed
        }
        // The framework takes the end of a connection for the end of a body.
        guard length ?? bytes.count == bytes.count else { throw Problem.malformed }
        try self.init(bytes, contentType: request.headers[.contentType])
    }
}
