package import FoundationEssentials
package import Ground
import HTTPTypes
package import Settings
package import Transfer

/// A hook at a web address, ready to be sent to.
package struct Webhook: Sendable {
    package let settings: HookSettings
    private let signature: HookSignature
    private let transfer: TransferClient
    private let now: @Sendable () -> Date

    /// `secrets` are the present one, and the one before where there still is one.
    package init(
        _ settings: HookSettings,
        secrets: [Secret],
        transfer: TransferClient,
        now: @escaping @Sendable () -> Date
    ) {
        self.settings = settings
        signature = HookSignature(secrets)
        self.transfer = transfer
        self.now = now
    }

    package var name: String { settings.name }

    /// Sends one body, signed at this moment.
    ///
    /// Redirects are not followed: they are an answer like any other.
    package func send(_ body: [UInt8], event: String, id: String) async throws(TransferFailure)
        -> TransferResponse
    {
        let total = Duration.milliseconds(settings.timeout)
        return try await transfer.send(
            try request(body, event: event, id: id),
            body: body,
            limits: TransferLimits(connect: min(total, .seconds(3)), total: total, body: 64 << 10)
        )
    }

    private func request(_ body: [UInt8], event: String, id: String) throws(TransferFailure) -> HTTPRequest {
        guard let mark = settings.url.firstRange(of: "://") else { throw .badRequest("no address") }
        let rest = settings.url[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        var fields = HTTPFields()
        fields[.contentType] = "application/json"
        fields[.accept] = "application/json"
        fields[.userAgent] = "Gatehouse"
        fields[.gatehouseEvent] = event
        fields[.gatehouseDelivery] = id
        fields[.gatehouseSignature] = signature.text(for: body, at: now())
        return HTTPRequest(
            method: .post,
            scheme: String(settings.url[..<mark.lowerBound]),
            authority: String(authority),
            path: String(rest.dropFirst(authority.count)),
            headerFields: fields
        )
    }
}

extension HTTPField.Name {
    fileprivate static let gatehouseEvent = known("Gatehouse-Event")
    fileprivate static let gatehouseDelivery = known("Gatehouse-Delivery")
    fileprivate static let gatehouseSignature = known(HookSignature.field)

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("'\(name)' is a field name by its spelling")
        }
        return name
    }
}
