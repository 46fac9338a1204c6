using ColdChain.Core.Readings;
using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Tests.Api;

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
        var (start, end) = Span(scenario, packs);
        await using var scene = await Scene.OpenAsync(fleet, start: start);
        var notes = new List<string>();
        var steps = new Queue<Step>(scenario.Steps);
        foreach (var at in Stops(scenario, start, end))
        {
            foreach (var pack in packs.TakeUntil(at))
            {
                await scene.DeliverAsync(pack, at);
            }

            await scene.JudgeAsync(at);
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
                var stay = new NewStay(enter.Unit, BloodUnit.Parse(enter.Donation, enter.Product), enter.In, enter.Out);
                return scene.Write(transaction => ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, stay, enter.At));
            case LeaveStep leave:
                var bloodUnit = BloodUnit.Parse(leave.Donation, leave.Product);
                return scene.Write(transaction => ContentsEntry.Leave(transaction, scene.Fleet, leave.Unit, bloodUnit, leave.Out, leave.At));
            case FleetStep fleet:
                return scene.LoadFleetAsync(folder.Text(fleet.File));
            case AgainStep again:
                return AgainAsync(again, scene, packs);
            case LookStep look:
                notes.AddRange(Looks.At(scene, look.At, day));
                return Task.CompletedTask;
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

    private static (Instant Start, Instant End) Span(Scenario scenario, SentPacks packs)
    {
        var start = scenario.Courses.Min(course => course.From);
        var end = Instant.Max(packs.Last, scenario.Courses.Max(course => course.To));
        return scenario.Steps is [.., var last] ? (Instant.Min(start, scenario.Steps[0].At), Instant.Max(end, last.At)) : (start, end);
    }

    /// <summary>Every instant at which something happens, and between them as often as the server judges.</summary>
    private static IEnumerable<Instant> Stops(Scenario scenario, Instant start, Instant end)
    {
        var stops = new SortedSet<Instant>(scenario.Steps.Select(step => step.At).Concat(scenario.Courses.Select(course => course.Arrives).OfType<Instant>())) { end };
        for (var at = start; at < end; at += scenario.JudgeEvery)
        {
            stops.Add(at);
        }

        return stops;
    }
}
