import CCurl
import HTTPTypes

/// libcurl's words on a failure, fit for a log.
struct ErrorText {
    let text: String

    /// Takes what stands in the error buffer, else the general text of the code.
    ///
    /// libcurl names hosts and ports, and as far as we know never a query or a field's value. Should one appear all
    /// the same, the general text stands in.
    init(_ buffer: UnsafePointer<CChar>, code: CURLcode, request: HTTPRequest) {
        let said = String(
            String(cString: buffer).unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }
        )
        let general = String(cString: curl_easy_strerror(code))
        let isUnfit = said.isEmpty || Self.private(in: request).contains { said.contains($0) }
        text = isUnfit ? general : said
    }

    /// Short values are words such as `*/*`, and no secrets.
    private static func `private`(in request: HTTPRequest) -> [String] {
        let query = request.path?.split(separator: "?", maxSplits: 1).dropFirst().map(String.init) ?? []
        return query + request.headerFields.map(\.value).filter { $0.utf8.count >= 8 }
    }
}

extension TransferFailure {
    /// Sorts libcurl's codes by what a caller could do about them.
    init(_ code: CURLcode, text: String) {
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut(text)
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT:
            self = .badRequest(text)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
            CURLE_SSL_ENGINE_INITFAILED:
            self = .tls(text)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM,
            CURLE_BAD_CONTENT_ENCODING:
            self = .badResponse(text)
        default:
            self = .unreachable(text)
        }
    }
}
