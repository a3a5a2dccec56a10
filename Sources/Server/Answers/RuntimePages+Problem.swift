import Ground
import HTTPTypes
import Theme

extension RuntimePages {
    /// The theme's page for a problem; a page of our own where the theme cannot even do that.
    func html(_ problem: Problem, requestID: String, signIn: PagePath?) -> String {
        var values: [String: TemplateValue] = [
            "status": .number(problem.status.code),
            "title": .text(problem.title),
            "message": .text(problem.message),
            "missing": .list(problem.missing.map(TemplateValue.text)),
            "request_id": .text(requestID),
        ]
        if let seconds = problem.retryAfter { values["retry_after"] = .number(seconds) }
        if problem.status == .unauthorized, let signIn { values["sign_in_href"] = .text(signIn.encoded) }
        // Whoever is told what is missing is signed in.
        let page = try? html("status", title: problem.title, isMember: problem.isForMember, values)
        // A problem's page must not become a problem: this one takes no template.
        return page
            ?? "<!doctype html><title>\(problem.title)</title><h1>\(problem.title)</h1><p>\(problem.message)</p>"
    }
}
