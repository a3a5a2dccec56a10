import Foundation
import Ground
import Testing
import Transfer

@testable import Hooks

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    private struct Bench {
        let spool: Spool
        let delivery: Delivery
        let clock: TestClock
        let receiver: Receiver
    }

    /// A delivery without jitter, to a receiver that answers 204 unless it is told otherwise.
    private func bench(_ test: @escaping @Sendable (Bench) async throws -> Void) async throws {
        try await Receiver.run { receiver, url in
            try await withFolder { folder in
                let clock = TestClock()
                let transfer = try TransferClient()
                let spool = try Spool(folder: folder + "/crm")
                let delivery = Delivery(
                    webhook(url, transfer: transfer, clock: clock),
                    from: spool,
                    logger: quiet,
                    now: { clock.now },
                    jitter: { 1 }
                )
                try await test(Bench(spool: spool, delivery: delivery, clock: clock, receiver: receiver))
                await transfer.shutdown()
            }
        }
    }

    @Test func `an event is sent once, signed over what is sent, and forgotten`() async throws {
        try await bench { bench in
            #expect(bench.spool.add(event()))
            #expect(await bench.delivery.sendDue() == nil)
            #expect(await bench.delivery.sendDue() == nil)
            let request = try #require(bench.receiver.received.first)
            #expect(bench.receiver.received.count == 1)
            #expect(request.event == "sign_in")
            #expect(request.delivery == "event-1")
            let signature = HookSignature([hookSecret]).text(
                for: Array(request.body.utf8),
                at: bench.clock.now
            )
            #expect(request.signature == signature)
            #expect(
                request.body
                    == #"{"id":"event-1","time":"2025-12-01T06:20:01Z","type":"sign_in","user":"u1","way":"password"}"#
            )
            #expect(bench.spool.count == 0)
        }
    }

    @Test(arguments: [301, 400, 429, 500, 503])
    func `whatever is no success is tried again, later each time`(status: Int) async throws {
        try await bench { bench in
            // Where a redirect leads must not be asked.
            bench.receiver.answer { $0 < 2 ? .init(status: status, location: "/hook") : .init() }
            #expect(bench.spool.add(event()))
            let start = bench.clock.now
            #expect(await bench.delivery.sendDue() == start.addingTimeInterval(5))
            bench.clock.advance(4)
            _ = await bench.delivery.sendDue()
            #expect(bench.receiver.received.count == 1)
            bench.clock.advance(1)
            #expect(await bench.delivery.sendDue() == start.addingTimeInterval(25))
            bench.clock.advance(20)
            #expect(await bench.delivery.sendDue() == nil)
            #expect(bench.receiver.received.map(\.delivery) == ["event-1", "event-1", "event-1"])
            // Each is signed at its own moment, or the receiver would find the last too old.
            #expect(Set(bench.receiver.received.map(\.signature)).count == 3)
        }
    }

    @Test func `after a failure the hook is left alone, and what came meanwhile follows`() async throws {
        try await bench { bench in
            bench.receiver.answer { $0 == 0 ? .init(status: 500) : .init() }
            for number in 1...3 { #expect(bench.spool.add(event(.signIn, number))) }
            _ = await bench.delivery.sendDue()
            #expect(bench.receiver.received.count == 1)
            bench.clock.advance(5)
            #expect(await bench.delivery.sendDue() == nil)
            #expect(bench.receiver.received.map(\.delivery) == ["event-1", "event-2", "event-3", "event-1"])
        }
    }

    @Test func `what nobody takes ends among the dead letters after a day and a half`() async throws {
        try await bench { bench in
            bench.receiver.answer { _ in .init(status: 500) }
            #expect(bench.spool.add(event()))
            let start = bench.clock.now
            for _ in 1...Delivery.mostAttempts {
                guard let next = await bench.delivery.sendDue() else { break }
                bench.clock.advance(next.timeIntervalSince(bench.clock.now))
            }
            #expect(bench.receiver.received.count == Delivery.mostAttempts)
            #expect((24.0...48).contains(bench.clock.now.timeIntervalSince(start) / 3600))
            #expect(bench.spool.count == 0)
            let letter = try #require(try lines(of: bench.spool.deadLetters).first)
            #expect(letter.contains(#""reason":"status 500""#) && letter.contains("event-1"))
        }
    }

    @Test func `an event that always fails does not stand before the rest`() async throws {
        try await bench { bench in
            bench.receiver.answer { $0 < 8 ? .init(status: 500) : .init() }
            #expect(bench.spool.add(event(.signIn, 1)))
            for _ in 1...8 {
                guard let next = await bench.delivery.sendDue() else { break }
                bench.clock.advance(next.timeIntervalSince(bench.clock.now))
            }
            let count = bench.receiver.received.count
            #expect(bench.spool.add(event(.signIn, 2)))
            bench.clock.advance(Delivery.longestQuiet)
            _ = await bench.delivery.sendDue()
            #expect(bench.receiver.received[count].delivery == "event-2")
        }
    }

    @Test func `what not even the dead letters take is not sent over and over`() async throws {
        try await bench { bench in
            bench.receiver.answer { _ in .init(status: 410) }
            try FileManager.default.createDirectory(
                atPath: bench.spool.deadLetters,
                withIntermediateDirectories: true
            )
            #expect(bench.spool.add(event()))
            for _ in 1...5 { _ = await bench.delivery.sendDue() }
            #expect(bench.receiver.received.count == 1)
            #expect(bench.spool.count == 1)
        }
    }

    @Test func `a receiver that is gone is not asked again`() async throws {
        try await bench { bench in
            bench.receiver.answer { _ in .init(status: 410) }
            #expect(bench.spool.add(event()))
            _ = await bench.delivery.sendDue()
            _ = await bench.delivery.sendDue()
            #expect(bench.receiver.received.count == 1)
            let letters = try lines(of: bench.spool.deadLetters)
            #expect(letters.count == 1)
        }
    }

    @Test func `what was spoilt on the disk does not stop the rest`() async throws {
        try await bench { bench in
            let spoilt = URL(filePath: bench.spool.folder + "/1.event-0.0.json")
            try Data("{\"id\":".utf8).write(to: spoilt)
            let spool = try Spool(folder: bench.spool.folder)
            #expect(spool.add(event()))
            let transfer = try TransferClient()
            let delivery = Delivery(
                webhook("http://127.0.0.1:9/", transfer: transfer, clock: bench.clock),
                from: spool,
                logger: quiet,
                now: { bench.clock.now }
            )
            _ = await delivery.sendDue()
            await transfer.shutdown()
            let letters = try lines(of: spool.deadLetters)
            #expect(letters == [#"{"attempts":0,"reason":"it cannot be read","text":"{\"id\":"}"#])
            #expect(spool.count == 1)
        }
    }

    @Test func `the service sends what comes while it runs, and what an earlier run left`() async throws {
        try await bench { bench in
            #expect(bench.spool.add(event(.signIn, 1)))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await bench.delivery.run() }
                while bench.receiver.received.count < 1 { try await Task.sleep(for: .milliseconds(5)) }
                #expect(bench.spool.add(event(.signIn, 2)))
                while bench.receiver.received.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test func `a shutdown in mid-delivery counts as no try`() async throws {
        try await bench { bench in
            #expect(bench.spool.add(event()))
            let transfer = try TransferClient()
            await transfer.shutdown()
            let delivery = Delivery(
                webhook("http://127.0.0.1:9/", transfer: transfer, clock: bench.clock),
                from: bench.spool,
                logger: quiet,
                now: { bench.clock.now }
            )
            _ = await delivery.sendDue()
            #expect(bench.spool.due(at: bench.clock.now)?.attempts == 0)
        }
    }
}
