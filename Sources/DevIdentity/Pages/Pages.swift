import HTTPTypes

/// Everything that is not the API: pages for people.
///
/// They are shown under a loopback name only, so that a web site that has its own name resolve to this machine
/// (DNS rebinding) cannot read them.
enum Pages {
    static func answer(_ call: Call, _ configuration: IdentityConfiguration, _ store: IdentityStore) -> Answer
    {
        guard isLocal(call.hostname) else { return error(.unknownOrigin) }
        if call.path.count == 4, call.path[0...1] == ["mock", "oauth2"], call.path[3] == "authorize" {
            return provider(call.path[2], call, configuration, store)
        }
        switch call.path {
        case []: return fresh(Answer(200, .html(IndexPage.html(configuration, at: store.now))))
        case ["outbox"]: return fresh(Answer(200, .html(OutboxPage.html(store.outbox))))
        case ["outbox.json"]: return fresh(.json(["messages": .list(store.outbox.map(\.json))]))
        case ["auth", "oauth2", "success"]: return Answer(200, .html(OutcomePage.success))
        default: return error(.routeNotFound)
        }
    }

    private static func fresh(_ answer: Answer) -> Answer {
        var answer = answer
        answer.headers[.cacheControl] = "no-store"
        return answer
    }

    private static func isLocal(_ host: String) -> Bool {
        (try? LoopbackAddress(host)) != nil || host.hasSuffix(".localhost")
    }

    private static func error(_ refusal: Refusal) -> Answer {
        Answer(refusal.wireStatus, .html(ErrorPage.html(refusal)))
    }

    private static func provider(
        _ name: String,
        _ call: Call,
        _ configuration: IdentityConfiguration,
        _ store: IdentityStore
    ) -> Answer {
        guard configuration.providers.contains(name) else { return error(.providerDisabled) }
        guard call.method == .post else {
            let state = call.query["state"]?.text ?? ""
            return Answer(200, .html(ConsentPage.html(provider: name, state: state, configuration)))
        }
        let consent = Consent(provider: name, form: call.parameters)
        let fields = store.transaction { consent.outcome(&$0) }
        let callback =
            "/v1/account/sessions/oauth2/callback/\(name)/\(FormText.encoded(configuration.project))"
        var answer = Answer(303)
        answer.headers[.location] = "http://\(call.authority)\(callback)?\(FormText.query(fields))"
        answer.headers[.cacheControl] = "no-store"
        return answer
    }
}
