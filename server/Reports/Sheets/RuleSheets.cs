using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Documents;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>The rules that judged, and every figure of them with where it comes from and how far it can be relied on.</summary>
internal static class RuleSheets
{
    public static Sheet Rules(IEnumerable<Placed<RuleContent>> rules, SheetFrame frame)
    {
        var texts = frame.Texts;
        return ProbeSheets.OfUnit<RuleContent>(frame, texts.SheetRules)
            .Text(texts.SheetPack, row => row.What.Pack)
            .Text(texts.SheetPackVersion, row => row.What.Version)
            .Text(texts.SheetPackStatus, row => row.What.PackStatus)
            .LongText(texts.SheetPackHash, row => row.What.Hash)
            .Text(texts.SheetProduct, row => row.What.Product)
            .Text(texts.SheetContext, row => frame.Texts.Of(row.What.Context))
            .Time(texts.SheetInForceFrom, row => row.What.InForce.From)
            .Time(texts.SheetInForceTo, row => row.What.InForce.To)
            .Celsius(texts.SheetLowLimit, row => row.What.Low, texts.SheetNone)
            .Celsius(texts.SheetHighLimit, row => row.What.High, texts.SheetNone)
            .Celsius(texts.SheetAirLowLimit, row => RuleAt.LimitsOf(row.What, ProbeRole.Air).Low, texts.SheetNone)
            .Celsius(texts.SheetAirHighLimit, row => RuleAt.LimitsOf(row.What, ProbeRole.Air).High, texts.SheetNone)
            .Minutes(texts.SheetDelay, row => row.What.Delay)
            .Minutes(texts.SheetMaxGap, row => row.What.MaxGap)
            .Minutes(texts.SheetUnknownLimit, row => row.What.UnknownLimit)
            .Of(rules);
    }

    public static Sheet Figures(IEnumerable<Placed<RuleContent>> rules, SheetFrame frame)
    {
        var texts = frame.Texts;
        var table = new SheetTable<(Placed<RuleContent> Rule, FigureContent Figure)>(frame, texts.SheetRuleFigures)
            .Text(texts.SheetUnitId, row => row.Rule.Place.Unit)
            .Text(texts.SheetPack, row => row.Rule.What.Pack)
            .Text(texts.SheetPackVersion, row => row.Rule.What.Version)
            .Text(texts.SheetProduct, row => row.Rule.What.Product)
            .Text(texts.SheetContext, row => frame.Texts.Of(row.Rule.What.Context))
            .Time(texts.SheetInForceFrom, row => row.Rule.What.InForce.From)
            .Text(texts.SheetFigure, row => row.Figure.Name)
            .Number(texts.SheetFigureValue, row => row.Figure.Value)
            .Text(texts.SheetFigureStatus, row => texts.Common.Of(row.Figure.Status))
            .LongText(texts.SheetFigureSource, row => row.Figure.Source);
        return table.Of(rules.SelectMany(rule => rule.What.Figures.Select(figure => (rule, figure))));
    }
}
