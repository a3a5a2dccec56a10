import CCurl
import HTTPTypes

/// One request under way, with everything that libcurl holds pointers to.
///
/// Used on the loop's thread only. It must leave the multi handle before it is freed.
final class Exchange {
    let handle: UnsafeMutableRawPointer
    let ticket: Ticket
    private let errorText: UnsafeMutablePointer<CChar>
    private var lines: UnsafeMutablePointer<curl_slist>?
    private let request: HTTPRequest
    private let limits: TransferLimits
    private let check: TransferClient.AddressCheck?

    private var head = ResponseHead()
    private var headSize = 0
    private var body: [UInt8] = []
    private var outgrown: TransferFailure.Part?
    /// The last address that no connection was made to.
    private var refused: String?

    init(
        _ order: Order,
        trust: TransferClient.Trust,
        admits check: TransferClient.AddressCheck?
    ) throws(TransferFailure) {
        guard let handle = curl_easy_init() else { throw .unreachable("libcurl has no memory") }
        self.handle = handle
        ticket = order.ticket
        request = order.request
        limits = order.limits
        self.check = check
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try prepare(order, trust: trust)
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(lines)
        errorText.deallocate()
    }

    /// What the exchange came to, given libcurl's word on it.
    func outcome(_ code: CURLcode) -> Ticket.Outcome {
        if let outgrown { return .failure(.tooLarge(outgrown)) }
        // How libcurl 7.88 says that one header line is beyond its own limit of 100 KB.
        if code == CURLE_OUT_OF_MEMORY, !head.isComplete { return .failure(.tooLarge(.head)) }
        // Where another address of the host was admitted, what became of that one counts.
        if let refused, code == CURLE_COULDNT_CONNECT { return .failure(.refusedAddress(refused)) }
        guard code == CURLE_OK else {
            return .failure(
                TransferFailure(code, text: ErrorText(errorText, code: code, request: request).text)
            )
        }
        // libcurl is content with a head that was cut off, if its status line arrived.
        guard head.isComplete else {
            return .failure(.unreachable("the connection was closed within the head"))
        }
        var status = 0
        guard gatehouse_easy_get_long(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK,
            200...999 ~= status
        else {
            return .failure(.badResponse("no status between 200 and 999"))
        }
        let response = HTTPResponse(
            status: HTTPResponse.Status(code: status, reasonPhrase: head.reason),
            headerFields: head.fields
        )
        return .success(TransferResponse(head: response, body: body))
    }
}

extension Exchange {
    /// Whether a connection may be made; what has no text is admitted only where all is.
    func admits(_ address: String?) -> Bool {
        guard let check else { return true }
        if let address, check(address) { return true }
        refused = address ?? "of an unknown kind"
        return false
    }

    private func prepare(_ order: Order, trust: TransferClient.Trust) throws(TransferFailure) {
        let options = EasyOptions(handle: handle)
        try options.setPolicy(trust: trust, isSecure: order.address.isSecure)
        try options.set(CURLOPT_URL, order.address.text)
        try options.set(CURLOPT_CONNECTTIMEOUT_MS, order.limits.connect.millisecondsForCurl)
        try options.set(CURLOPT_TIMEOUT_MS, order.limits.total.millisecondsForCurl)
        try options.set(method: order.request.method, body: order.body)
        lines = try HeaderLines.list(of: order.request.headerFields)
        try options.check(gatehouse_easy_set_list(handle, CURLOPT_HTTPHEADER, lines))
        try options.check(gatehouse_easy_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        // Not retained: the loop keeps this exchange for as long as libcurl may call back.
        let context = Unmanaged.passUnretained(self).toOpaque()
        try options.check(gatehouse_easy_set_pointer(handle, CURLOPT_HEADERDATA, context))
        try options.check(gatehouse_easy_set_pointer(handle, CURLOPT_WRITEDATA, context))
        try options.check(gatehouse_easy_set_receiver(handle, CURLOPT_HEADERFUNCTION, Self.headArrived))
        try options.check(gatehouse_easy_set_receiver(handle, CURLOPT_WRITEFUNCTION, Self.bodyArrived))
        guard check != nil else { return }
        try options.check(gatehouse_easy_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
        try options.check(gatehouse_easy_set_opener(handle, CURLOPT_OPENSOCKETFUNCTION, Self.socketNeeded))
    }

    private static let socketNeeded: curl_opensocket_callback = { context, _, target in
        guard let context, let target else { return CURL_SOCKET_BAD }
        return SocketOpener.open(target, for: Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue())
    }

    private static let headArrived: gatehouse_curl_receive = { bytes, size, count, context in
        receive(bytes, size * count, context) { exchange, line in exchange.receiveHead(line) }
    }

    private static let bodyArrived: gatehouse_curl_receive = { bytes, size, count, context in
        receive(bytes, size * count, context) { exchange, piece in exchange.receiveBody(piece) }
    }

    /// Returning another number than `count` makes libcurl end the transfer.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        by take: (Exchange, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let bytes, let context else { return 0 }
        let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
        return take(exchange, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func receiveHead(_ line: UnsafeRawBufferPointer) -> Bool {
        headSize += line.count
        guard headSize <= limits.head else {
            outgrown = .head
            return false
        }
        head.add(line)
        return true
    }

    private func receiveBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard body.count + piece.count <= limits.body else {
            outgrown = .body
            return false
        }
        body.append(contentsOf: piece)
        return true
    }
}
