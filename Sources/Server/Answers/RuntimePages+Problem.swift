import Gate
import Ground
import HTTPTypes
import Theme

extension RuntimePages {
    /// The theme's page for a problem; a page of our own where the theme cannot even do that.
    func html(_ problem: Problem, requestID: String, signIn: String?, in language: String) -> String {
        let told = told(problem, in: language)
        var values: [String: TemplateValue] = [
            "status": .number(problem.status.code),
            "title": .text(told.title),
            "message": .text(told.message),
            "missing": .list(told.missing.map(TemplateValue.text)),
            "request_id": .text(requestID),
        ]
        if let seconds = problem.retryAfter { values["retry_after"] = .number(seconds) }
        if problem.status == .unauthorized || problem.wanted != nil, let signIn {
            values["sign_in_href"] = .text(signIn)
        }
        // Whoever is told what is missing is signed in.
        let page = try? html(
            "status",
            title: told.title,
            in: language,
            isMember: problem.isForMember,
            values
        )
        // A problem's page must not become a problem: this one takes no template.
        return page
            ?? "<!doctype html><title>\(problem.title)</title><h1>\(problem.title)</h1><p>\(problem.message)</p>"
    }

    /// A problem in the theme's words, where it has some for it.
    func told(_ problem: Problem, in language: String) -> (title: String, message: String, missing: [String])
    {
        let words = words(in: language)
        return (
            words.text("\(problem.code)_title") ?? problem.title,
            problem.isSpoken
                ? problem.message
                : words.text("\(problem.reason ?? problem.code)_message") ?? problem.message,
            problem.lacks.map { words.sentence(for: $0) }
        )
    }
}

extension Words {
    /// What a member lacks.
    fileprivate func sentence(for lack: Lack) -> String {
        func names(_ names: [String]) -> String { names.joined(separator: " \(text("or") ?? "or") ") }
        switch lack {
        case .label(let labels): return text("lack_label", ["names": names(labels)]) ?? lack.sentence
        case .team(let teams): return text("lack_team", ["names": names(teams)]) ?? lack.sentence
        case .verification: return text("lack_verification") ?? lack.sentence
        }
    }
}
