import Ground
import Hummingbird
import Settings
import Theme

/// Shows new recovery codes, once.
struct RecoveryCodesPage: Sendable {
    let desk: Desk

    func page(_ codes: [Secret], _ arrival: Arrival) throws -> Response {
        if arrival.wantsJSON { return try .json(Codes(recoveryCodes: codes.map(\.revealed))) }
        let language = desk.language(of: arrival)
        let html = try desk.page(
            "recovery-codes",
            title: ("recovery_codes", "Recovery codes"),
            in: language,
            isMember: true,
            [
                "codes": .list(codes.map { .text($0.revealed) }),
                "account_href": .text(desk.way(to: desk.auth.routes.account, in: language)),
            ]
        )
        return .page(html)
    }

    private struct Codes: Encodable {
        var success = true
        let recoveryCodes: [String]

        private enum CodingKeys: String, CodingKey {
            case success
            case recoveryCodes = "recovery_codes"
        }
    }
}
