using ColdChain.Core.Excursions;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The rule that a finding rests on, as a report cites it.</summary>
internal static class CitedRule
{
    public static CitedRuleContent Of(Stretch stretch)
    {
        var (rule, citation) = (stretch.Rule, stretch.Rule.Citation);
        return new CitedRuleContent(citation.Pack, citation.Version, citation.Hash, citation.Product, rule.Low, rule.High);
    }
}
