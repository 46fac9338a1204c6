using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Server.Fleet;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>Rule packs: errors in words, or rules that probes can be judged by.</summary>
internal sealed class RulePackTarget : FuzzTarget
{
    public override string Name => "rule-pack";

    public override IReadOnlyList<byte[]> Words { get; } = YamlWords.Bytes(
        "\"id\":", "\"version\":", "\"status\":", "\"sources\":", "\"source\":", "\"defaults\":", "\"rules\":", "\"product\":", "\"context\":", "\"low\":", "\"high\":",
        "\"value\":", "\"from-memory\"", "\"verified\"", "\"engineering-default\"", "\"storage\"", "\"transport\"", "null", "true", "{}", "[]", "\"\"", "\\u0007", "\\ud800");

    public override int LengthMax => 32 * 1024;

    public override long AllocationMax => 64 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants =>
    [
        Encoding.UTF8.GetBytes(new string('[', 100_000)),
        Encoding.UTF8.GetBytes($"{{\"id\":\"{new string('x', 900_000)}\"}}"),
        Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 50_000).Select(number => $"\"key{number}\":1"))}}}"),
        new byte[10 * 1024 * 1024],
    ];

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    private static string Feed(byte[] input)
    {
        if (!RulePackReader.TryRead(input, out var pack, out var errors))
        {
            foreach (var error in errors)
            {
                ErrorText.RequireReasonAndCure(error, "; ");
            }

            return errors[0].Contains(" is not JSON: ", StringComparison.Ordinal) ? "not JSON" : errors[0];
        }

        foreach (var rule in pack.Rules)
        {
            ProbeRules.Of(pack, rule, ProbeRole.Load);
            ProbeRules.Of(pack, rule, ProbeRole.Air);
        }

        return $"a pack, {pack.Status}";
    }
}
