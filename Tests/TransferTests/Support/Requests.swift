import HTTPTypes
import Transfer

extension SocketServer {
    func request(_ method: HTTPRequest.Method = .get, _ path: String = "/", _ fields: HTTPFields = [:])
        -> HTTPRequest
    {
        HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: fields)
    }
}

extension TransferClient {
    /// The failure that the request ends with, or nil where a response came.
    func failure(
        _ request: HTTPRequest,
        body: [UInt8] = [],
        limits: TransferLimits = TransferLimits()
    ) async -> TransferFailure? {
        do throws(TransferFailure) {
            _ = try await send(request, body: body, limits: limits)
            return nil
        } catch {
            return error
        }
    }
}

extension TransferResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
