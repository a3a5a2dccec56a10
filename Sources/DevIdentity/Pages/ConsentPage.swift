/// The page of a mock OAuth provider: choose somebody, then allow or refuse.
enum ConsentPage {
    static func html(provider: String, state: String, _ configuration: IdentityConfiguration) -> String {
        let choices = configuration.users.enumerated().map { position, user in
            """
            <label><input type="radio" name="email" value="\(Page.escaped(user.email))"\
            \(position == 0 ? " checked" : "")> \(Page.escaped(user.name)), \(Page.escaped(user.email))</label><br>
            """
        }
        return Page.html(
            title: "Mock \(provider): sign in",
            body: """
                <p>This is not \(Page.escaped(provider)). It plays the provider's part so that the whole round trip can be
                tried.</p>
                <form method="post" action="/mock/oauth2/\(Page.escaped(FormText.encoded(provider)))/authorize">
                <input type="hidden" name="state" value="\(Page.escaped(state))">
                <fieldset><legend>Who are you?</legend>
                \(choices.joined(separator: "\n"))
                <label>or somebody else: <input type="email" name="other_email" autocomplete="off"></label><br>
                <label><input type="checkbox" name="verified" value="yes" checked> the address is verified</label>
                </fieldset>
                <button name="decision" value="allow">Allow</button>
                <button name="decision" value="refuse">Refuse</button>
                <button name="decision" value="error">Have the provider fail</button>
                </form>
                """
        )
    }
}

/// Where an OAuth round trip ends that was started without a success address.
enum OutcomePage {
    static let success = Page.html(
        title: "Signed in at the mock provider",
        body: "<p>The round trip was started without a <code>success</code> address, so it ends here.</p>"
    )
}
