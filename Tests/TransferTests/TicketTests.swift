import HTTPTypes
import Testing

@testable import Transfer

struct TicketTests {
    @Test func `the first outcome decides`() async {
        let ticket = Ticket()
        #expect(!ticket.isSettled)
        ticket.settle(.failure(.cancelled))
        ticket.settle(.failure(.closed))
        #expect(ticket.isSettled)
        let outcome = await withCheckedContinuation { ticket.wait(with: $0) }
        #expect(outcome == .failure(.cancelled))
    }

    @Test func `whoever waits is told once`() async {
        let ticket = Ticket()
        let outcome = await withCheckedContinuation { continuation in
            ticket.wait(with: continuation)
            ticket.settle(.failure(.closed))
            ticket.settle(.failure(.cancelled))
        }
        #expect(outcome == .failure(.closed))
    }
}
