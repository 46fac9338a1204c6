using ColdChain.Core.Readings;
using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Windows;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>
/// Plays a scenario to the server's own intake and judging over a real record store, at the instants at which things happen and arrive, and
/// writes down what came of it.
/// </summary>
internal static class ScenarioRun
{
    public static async Task<string> OutcomeAsync(ScenarioFolder folder, string fleet)
    {
        var scenario = folder.Scenario();
        var packs = new SentPacks(scenario);
        var heartbeats = new Heartbeats(scenario, packs);
        await using var scene = await Scene.OpenAsync(fleet, start: scenario.Start);
        var notes = new List<string>();
        var steps = new Queue<Step>(scenario.Steps);
        foreach (var at in Stops(scenario, packs))
        {
            foreach (var pack in packs.TakeUntil(at))
            {
                await scene.DeliverAsync(pack, at);
            }

            foreach (var (device, status) in heartbeats.At(at))
            {
                await scene.HearAsync(device, status, at);
            }

            await scene.JudgeAsync(at);
            await scene.SuperviseAsync(scenario.Start);
            for (; steps.TryPeek(out var step) && step.At <= at; steps.Dequeue())
            {
                await PlayAsync(step, scene, folder, packs, notes, scenario.Day);
                await scene.JudgeAsync(at);
            }
        }

        return Outcome.Write(scene, scenario, notes);
    }

    private static Task PlayAsync(Step step, Scene scene, ScenarioFolder folder, SentPacks packs, List<string> notes, Instant day)
    {
        switch (step)
        {
            case EnterStep enter:
                var stay = new NewStay(enter.Unit, BloodUnit.Parse(enter.Donation, enter.Product), enter.In, enter.Out) { IsFact = true }; // What a scenario says is inside, is.
                return scene.Write(transaction => ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, stay, enter.At));
            case LeaveStep leave:
                var bloodUnit = BloodUnit.Parse(leave.Donation, leave.Product);
                return scene.Write(transaction => ContentsEntry.Leave(transaction, scene.Fleet, leave.Unit, bloodUnit, leave.Out, leave.At));
            case FleetStep fleet:
                return scene.LoadFleetAsync(folder.Text(fleet.File));
            case AgainStep again:
                return AgainAsync(again, scene, packs);
            case WindowStep window:
                var kind = window.Tested is null ? WindowKinds.Maintenance : WindowKinds.AlarmTest;
                var entered = new NewWindow(window.Unit, kind, window.Tested, window.From, window.To, "as planned", "A. Technician");
                return scene.Write(transaction => WindowEntry.Enter(transaction, scene.Fleet, entered, window.At));
            case SignStep sign:
                return scene.Write(transaction => Signature.Write(transaction, sign));
            case LookStep look:
                notes.AddRange(Looks.At(scene, look.At, day));
                return Task.CompletedTask;
            case PredictStep predict:
                notes.Add(Looks.Prediction(scene, predict, day));
                return Task.CompletedTask;
            case ClockStep:
                return Task.CompletedTask; // Its readings and heartbeats are made by it.
            default:
                throw new InvalidOperationException($"Nobody plays {step}.");
        }
    }

    private static async Task AgainAsync(AgainStep again, Scene scene, SentPacks packs)
    {
        foreach (var pack in packs.Sent)
        {
            await scene.DeliverAsync(pack, again.At);
        }
    }

    /// <summary>Every instant at which something happens, and between them as often as the server judges.</summary>
    private static SortedSet<Instant> Stops(Scenario scenario, SentPacks packs)
    {
        var stops = new SortedSet<Instant>(
        [
            packs.Last,
            .. scenario.Steps.Select(step => step.At),
            .. scenario.Courses.Select(course => course.To),
            .. scenario.Courses.Select(course => course.Arrives).OfType<Instant>(),
            .. scenario.Outages.Select(outage => outage.To),
        ]);
        var end = stops.Max;
        for (var at = scenario.Start; at < end; at += scenario.JudgeEvery)
        {
            stops.Add(at);
        }

        return stops;
    }
}
