import CCurl
import HTTPTypes

/// Sets the options of one easy handle, and checks each result.
struct EasyOptions {
    let handle: UnsafeMutableRawPointer

    func set(_ option: CURLoption, _ value: Int) throws(TransferFailure) {
        try check(gatehouse_easy_set_long(handle, option, value))
    }

    /// libcurl copies the text; nil sets the option back to nothing.
    func set(_ option: CURLoption, _ value: String?) throws(TransferFailure) {
        try check(gatehouse_easy_set_string(handle, option, value))
    }

    func check(_ code: CURLcode) throws(TransferFailure) {
        guard code == CURLE_OK else {
            throw TransferFailure(code, text: String(cString: curl_easy_strerror(code)))
        }
    }

    /// A method that may carry a body gets one, if an empty one, so that `Content-Length` is always said.
    func set(method: HTTPRequest.Method, body: [UInt8]) throws(TransferFailure) {
        if method == .head, body.isEmpty {
            try set(CURLOPT_NOBODY, 1)
        } else if body.isEmpty, ![.post, .put, .patch].contains(method) {
            try set(CURLOPT_HTTPGET, 1)
        } else {
            try set(CURLOPT_POST, 1)
            try check(gatehouse_easy_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            // COPYPOSTFIELDS copies as many bytes as were announced; nil would make libcurl read standard input.
            let code = body.withUnsafeBytes { bytes in
                let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                guard let start else { return gatehouse_easy_set_string(handle, CURLOPT_COPYPOSTFIELDS, "") }
                return gatehouse_easy_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
            }
            try check(code)
        }
        try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }

    /// What holds for every request of ours, whatever the environment or a server says.
    func setPolicy(trust: TransferClient.Trust, isSecure: Bool) throws(TransferFailure) {
        // Signals belong to the whole process; time limits work without them.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        // An empty proxy also hides http_proxy and the like; "*" keeps NO_PROXY from being read.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOPROXY, "*")
        try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        // After a time-out, a look-up that hangs in the system is left to end by itself: to join its thread would
        // hold up every other request.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // To share one HTTP/2 connection, later requests wait until the first has agreed on its version. Plain HTTP
        // never becomes HTTP/2, and there waiting would only queue.
        try set(CURLOPT_PIPEWAIT, isSecure ? 1 : 0)
        try setTrust(trust)
    }

    private func setTrust(_ trust: TransferClient.Trust) throws(TransferFailure) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard case .file(let path) = trust else { return }
        try set(CURLOPT_CAINFO, path)
        try set(CURLOPT_CAPATH, nil)
    }
}
