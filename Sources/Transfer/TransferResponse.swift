package import HTTPTypes

/// What came back, whatever its status.
package struct TransferResponse: Equatable, Sendable {
    /// Status and header fields, in the order received; interim responses and trailers are left out.
    package let head: HTTPResponse
    /// The body as sent: without its chunks, with its content encoding if the server used one unasked.
    package let body: [UInt8]

    package init(head: HTTPResponse, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}
