/// Why a helper gave no answer.
enum HelperFailure: Error, Equatable, CustomStringConvertible {
    case start(String)
    case silent
    case broken

    var description: String {
        switch self {
        case .start(let why): why
        case .silent: "gatehouse-highlight did not answer in time"
        case .broken: "gatehouse-highlight broke off"
        }
    }
}
