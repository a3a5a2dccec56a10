/// How long and how large one exchange may become.
package struct TransferLimits: Equatable, Sendable {
    /// Until the connection stands, name look-up and TLS included.
    package var connect: Duration
    /// For the whole exchange, waiting for a free connection included.
    package var total: Duration
    /// Of the response's body, in bytes.
    package var body: Int
    /// Of the response's status line and header lines, in bytes, trailers included.
    package var head: Int

    package init(
        connect: Duration = .seconds(3),
        total: Duration = .seconds(10),
        body: Int = 1 << 20,
        head: Int = 32 << 10
    ) {
        self.connect = connect
        self.total = total
        self.body = body
        self.head = head
    }
}

extension Duration {
    /// For libcurl, to which 0 would mean "no limit": at least 1.
    var millisecondsForCurl: Int {
        let (seconds, attoseconds) = components
        guard seconds < 86_400 else { return 86_400_000 }
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
