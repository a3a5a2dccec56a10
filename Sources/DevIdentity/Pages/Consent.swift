/// What somebody chose on a mock provider's page.
struct Consent {
    let provider: String
    /// `email`, else `other_email`; `name`; `verified`; `decision`: allow, refuse or error; `state`.
    let form: [String: JSONValue]

    /// The query of the provider's callback.
    func outcome(_ directory: inout Directory) -> [(String, String)] {
        var fields: [(String, String)]
        switch field("decision") {
        case "allow": fields = [("code", grant(&directory))]
        case "error":
            fields = [("error", "server_error"), ("error_description", "The provider had a bad day")]
        default:
            fields = [("error", "access_denied"), ("error_description", "The user refused")]
        }
        fields.append(("state", field("state")))
        return fields
    }

    private func grant(_ directory: inout Directory) -> String {
        let typed = field("other_email").lowercased()
        let email = typed.isEmpty ? field("email").lowercased() : typed
        let name = directory.user(withEmail: email)?.name ?? String(email.prefix { $0 != "@" })
        return directory.addGrant(
            provider: provider,
            email: email,
            name: field("name").isEmpty ? name : field("name"),
            isEmailVerified: field("verified") == "yes"
        )
    }

    private func field(_ name: String) -> String { form[name]?.text ?? "" }
}
