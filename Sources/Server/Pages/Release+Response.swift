import Gate
import Hummingbird
import NIOCore

extension Release {
    /// The response with a page answer's status, fields and bytes; throws its problem, and for what is no file of the release.
    func response(_ answer: PageAnswer, _ context: ServerContext) async throws -> Response {
        let body: ResponseBody
        switch answer.body {
        case .none: body = ResponseBody()
        case .file(let sent, let range): body = try await self.body(sent, range, context)
        case .problem(let problem): throw problem
        case .hop: throw Problem.internalError
        }
        var response = Response(status: answer.status, body: body)
        for field in answer.fields { response.headers[field.name] = field.value }
        return response
    }

    /// The bytes of a file, or a range of them.
    func body(_ sent: Representation, _ range: ClosedRange<Int>?, _ context: ServerContext) async throws
        -> ResponseBody
    {
        guard sent.length <= Self.largestInMemory else {
            let whole = 0...(sent.length - 1)
            return try await FileIO().loadFile(
                path: try await files.verifiedPlace(of: sent),
                range: range ?? whole,
                context: context
            )
        }
        let bytes = try await files.bytes(of: sent)
        guard let range else { return ResponseBody(byteBuffer: bytes) }
        guard let part = bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) else {
            throw Problem.internalError
        }
        return ResponseBody(byteBuffer: part)
    }

    /// In bytes; larger files go from the disk to the socket in parts.
    private static let largestInMemory = 4 << 20
}
