import CCurl

/// libcurl's multi handle and the exchanges in it, all used by one thread.
final class TransferLoop {
    let mailbox: Mailbox
    private let multi: UnsafeMutableRawPointer
    private let trust: TransferClient.Trust
    private let admits: TransferClient.AddressCheck?
    private var underWay: [UnsafeMutableRawPointer: Exchange] = [:]
    private var isFreed = false

    init(
        trust: TransferClient.Trust,
        connectionsPerHost: Int,
        admits: TransferClient.AddressCheck?
    ) throws(TransferFailure) {
        guard Self.isLibraryReady, let multi = curl_multi_init() else {
            throw .unreachable("libcurl could not be started")
        }
        self.multi = multi
        self.trust = trust
        self.admits = admits
        mailbox = Mailbox(multi: multi)
        // Kept as many as may be open; the results are not checked because both options only tune.
        _ = gatehouse_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, connectionsPerHost))
        _ = gatehouse_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(1, connectionsPerHost))
    }

    deinit { free() }

    /// Works until the mailbox is closed and what was under way has ended.
    func run() {
        while true {
            let post = mailbox.collect()
            for order in post.orders { begin(order) }
            for ticket in post.withdrawn { abandon(ticket) }
            if let end = post.end, underWay.isEmpty || ContinuousClock.now >= end { break }
            if !advance() { wait(until: post.end) }
        }
        free()
    }

    /// Starts libcurl once for the process.
    ///
    /// Its tear-down is left to the end of the process, because other code may use it too.
    private static let isLibraryReady = gatehouse_global_init() == CURLE_OK
}

extension TransferLoop {
    private func begin(_ order: Order) {
        guard !order.ticket.isSettled else { return }
        do throws(TransferFailure) {
            let exchange = try Exchange(order, trust: trust, admits: admits)
            guard curl_multi_add_handle(multi, exchange.handle) == CURLM_OK else {
                throw .unreachable("libcurl takes no more requests")
            }
            underWay[exchange.handle] = exchange
        } catch {
            order.ticket.settle(.failure(error))
        }
    }

    private func abandon(_ ticket: Ticket) {
        guard let exchange = underWay.values.first(where: { $0.ticket === ticket }) else { return }
        remove(exchange)
    }

    /// Lets libcurl read and write; returns whether anything ended.
    private func advance() -> Bool {
        var running: Int32 = 0
        let code = curl_multi_perform(multi, &running)
        guard code == CURLM_OK else {
            failAll(.unreachable(String(cString: curl_multi_strerror(code))))
            return true
        }
        var hasEnded = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            // The message is gone once its handle is removed, so it is read first.
            guard message.pointee.msg == CURLMSG_DONE, let exchange = underWay[message.pointee.easy_handle]
            else {
                continue
            }
            let outcome = exchange.outcome(gatehouse_message_result(message))
            remove(exchange)
            exchange.ticket.settle(outcome)
            hasEnded = true
        }
        return hasEnded
    }

    /// Sleeps until a socket stirs, one of libcurl's own time limits is due, or the bell rings.
    private func wait(until end: ContinuousClock.Instant?) {
        var longest = 60_000
        if let end { longest = min(longest, (end - ContinuousClock.now).millisecondsForCurl) }
        let code = curl_multi_poll(multi, nil, 0, Int32(longest), nil)
        guard code != CURLM_OK else { return }
        failAll(.unreachable(String(cString: curl_multi_strerror(code))))
    }

    private func failAll(_ failure: TransferFailure) {
        for exchange in Array(underWay.values) {
            remove(exchange)
            exchange.ticket.settle(.failure(failure))
        }
    }

    /// The order matters: out of the multi handle first, then the exchange may be freed.
    private func remove(_ exchange: Exchange) {
        curl_multi_remove_handle(multi, exchange.handle)
        underWay[exchange.handle] = nil
    }

    /// Closes all connections; runs once.
    private func free() {
        guard !isFreed else { return }
        isFreed = true
        for order in mailbox.takeBell() { order.ticket.settle(.failure(.closed)) }
        failAll(.cancelled)
        curl_multi_cleanup(multi)
        mailbox.announceEnd()
    }
}
