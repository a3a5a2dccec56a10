/// How long a connection may take for each thing that it does.
///
/// Without an end to each of them a few hundred slow peers would hold every connection that there is.
package struct ConnectionTimes: Sendable {
    /// Of silence: before the first request, and between two.
    package var idle: Duration = .seconds(60)
    /// From the first byte of a request's head to its last.
    package var head: Duration = .seconds(10)
    /// From the end of the head to the end of the body.
    package var body: Duration = .seconds(30)
    /// For which the peer takes nothing of an answer that waits for it.
    package var stall: Duration = .seconds(30)
    /// From our last byte to the cut: a peer that is still sending may read the answer meanwhile.
    package var linger: Duration = .seconds(2)
    /// That requests have to end when the server is told to.
    package var shutdown: Duration = .seconds(20)
}
