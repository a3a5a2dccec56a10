package import HTTPTypes

/// Sends HTTP requests with libcurl and returns the responses.
///
/// One thread owns libcurl; any number of tasks may ask at the same time. Connections are kept and reused, over
/// HTTP/1.1, or HTTP/2 where a TLS server offers it. Redirects are returned, not followed; there are no cookies, no
/// `.netrc`, and no proxy, even where the environment names one. A request on a kept connection that the server
/// closed meanwhile is sent again by libcurl, once nothing of a response was received.
///
/// The thread ends with `shutdown()`, or after the last reference to the client is gone.
package final class TransferClient: Sendable {
    private let mailbox: Mailbox

    /// - Parameters:
    ///   - trust: Whose certificates are believed.
    ///   - connectionsPerHost: At most this many are open to one host; further requests wait, within their time limit.
    ///   - admits: Whether a connection may be made to an address, written in numbers; asked of each address that is
    ///     tried, on the loop's thread. Nil admits all.
    /// - Throws: `TransferFailure.unreachable` where libcurl or the system has no room for one more client.
    package init(
        trust: Trust = .system,
        connectionsPerHost: Int = 32,
        admits: AddressCheck? = nil
    ) throws(TransferFailure) {
        let loop = try TransferLoop(trust: trust, connectionsPerHost: connectionsPerHost, admits: admits)
        mailbox = loop.mailbox
        try LoopThread.start(loop)
    }

    deinit {
        mailbox.close(grace: .zero, then: nil)
    }

    /// Whether a connection may be made to an address such as `192.0.2.7` or `2001:db8::7`.
    package typealias AddressCheck = @Sendable (String) -> Bool

    /// Whose certificates are believed.
    ///
    /// The name in the certificate is always checked.
    package enum Trust: Equatable, Sendable {
        /// The authorities of the operating system.
        case system
        /// Those in a PEM file, and no others.
        case file(String)
    }

    /// Sends one request and waits for its whole response.
    ///
    /// The request needs a scheme (http or https), an authority without credentials, and a path. Only its own header
    /// fields are sent, besides `Host` and `Content-Length`. Cancelling the task ends the exchange at once.
    package func send(
        _ request: HTTPRequest,
        body: [UInt8] = [],
        limits: TransferLimits = TransferLimits()
    ) async throws(TransferFailure) -> TransferResponse {
        let address = try TransferAddress(request)
        let ticket = Ticket()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                ticket.wait(with: continuation)
                let order = Order(
                    request: request,
                    address: address,
                    body: body,
                    limits: limits,
                    ticket: ticket
                )
                if !mailbox.post(order) { ticket.settle(.failure(.closed)) }
            }
        } onCancel: {
            ticket.settle(.failure(.cancelled))
            mailbox.withdraw(ticket)
        }
        return try outcome.get()
    }

    /// Takes no further requests, lets those under way finish within the grace, and ends the thread.
    ///
    /// What is not finished by then fails with `cancelled`. Returns when all connections are closed; a second call
    /// waits for the same end.
    package func shutdown(grace: Duration = .seconds(5)) async {
        await withCheckedContinuation { continuation in
            mailbox.close(grace: grace) { continuation.resume() }
        }
    }
}
