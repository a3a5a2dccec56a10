import Hooks
import Settings
import Testing

struct EventNameTests {
    @Test func `site.config names each event that there is, and what asks`() {
        let named = Set(HookSettings.Event.allCases.map(\.rawValue))
        #expect(named == Set(AuthEvent.Kind.allCases.map(\.rawValue) + ["authorize"]))
    }
}
