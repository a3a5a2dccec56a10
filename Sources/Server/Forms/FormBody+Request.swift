import HTTPTypes
import Hummingbird
import NIOCore

extension FormBody {
    /// Reads a request's body, but no more of it than any of our forms has.
    init(_ request: Request) async throws {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > Self.limit {
            throw Problem.tooLarge
        }
        var bytes: [UInt8] = []
        for try await part in request.body {
            bytes.append(contentsOf: part.readableBytesView)
            guard bytes.count <= Self.limit else { throw Problem.tooLarge }
        }
        try self.init(bytes, contentType: request.headers[.contentType])
    }
}
