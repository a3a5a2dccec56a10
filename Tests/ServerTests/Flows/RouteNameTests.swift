import Ground
import Settings
import Testing

@testable import Server

/// Routes with the names that a site gives them.
struct RouteNameTests {
    @Test(arguments: [("/connexion/été", "/connexion/%C3%A9t%C3%A9"), ("/in+out", "/in%2Bout")])
    func `a route whose name is no plain ascii is found as browsers spell it`(name: String, spelled: String)
        async throws
    {
        let path = try #require(PagePath(name))
        try await Stage.run(site: { $0.auth.routes.login = path }) { stage in
            let browser = stage.browser()
            let asked = try await browser.visit("/members/", from: "same-origin")
            #expect(asked.location == "\(spelled)?to=/members/")
            var form = try await browser.form(spelled)
            form["email"] = "member@example.com"
            form["password"] = "open-the-gate"
            #expect(try await browser.post(spelled, form).status == 303)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            // Below it, and with what is put into it.
            #expect(try await browser.visit("\(spelled)/factor", from: "same-origin").status != 404)
            // One spelling is enough.
            let other = spelled.replacing("%C3", with: "%c3").replacing("%2B", with: "%2b")
            #expect(try await browser.visit(other, from: "same-origin").status == 404)
        }
    }
}
