using ColdChain.Core.Alerting;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>The words of contents for people. A word that this version does not know stands there as it was signed.</summary>
/// <param name="texts">The words of a language.</param>
internal sealed class SheetWords(ReportTexts texts)
{
    public string Of(ReportKind kind) => texts.SheetWord("Kind", $"{kind}");

    public string Of(ProbeRole role) => role == ProbeRole.Load ? texts.Common.ProbeLoad : texts.Common.ProbeAir;

    public string Of(StorageContext context) => texts.SheetWord("Context", $"{context}");

    public string Of(EndReason reason) => texts.SheetWord("End", $"{reason}");

    public string Of(SignatureMeaning meaning) => texts.SheetWord("Meaning", ReportSigning.WordOf(meaning));

    public string OfFinding(string status) => texts.SheetWord("Finding", status);

    public string OfHold(string state) => texts.SheetWord("Hold", state);

    public string OfCase(string kind) => texts.SheetWord("Case", kind);

    public string OfWay(string way) => texts.SheetWord("Way", way);

    public string OfChange(string kind) => texts.SheetWord("Change", kind);

    public string OfTimeline(string kind) => texts.SheetWord("Timeline", kind);

    public string OfYardstick(string name) => texts.SheetWord("Yardstick", name);

    /// <summary>The word of a step or cause in an entry of a case.</summary>
    public string OfEntry(CaseContent entry) => OfDetail(entry.Kind, entry.Word);

    /// <summary>What goes with a line of the timeline: some kinds carry a word, the others a text.</summary>
    public string OfDetail(string kind, string detail) => kind switch
    {
        TimelineKinds.Step => texts.Common.OfStep(detail),
        TimelineKinds.Cause => texts.Common.OfCause(detail),
        TimelineKinds.Decided or TimelineKinds.Reopened => texts.Common.OfDecision(detail),
        TimelineKinds.Told => OfChannel(detail),
        _ => detail,
    };

    public string OfCondition(string word) =>
        Enum.GetValues<ConditionKind>().Where(kind => ConditionWords.Of(kind) == word).Select(texts.Common.Of).FirstOrDefault(word);

    /// <summary>Why samples did not count: a condition of their probe, or a word that only reports have.</summary>
    public string OfExcluded(string reason) => OfCondition(texts.SheetWord("Excluded", reason));

    public string OfChannel(string word) => AlertWords.TryParse<AlertChannel>(word, out var channel) ? texts.Common.Of(channel) : word;

    public string OfReason(string word) => AlertWords.TryParse<SendReason>(word, out var reason) ? texts.Common.Of(reason) : word;

    public string OfVerdict(string word) =>
        Enum.GetValues<Verdict>().Where(verdict => VerdictWords.Of(verdict) == word).Select(texts.Common.Of).FirstOrDefault(word);
}
