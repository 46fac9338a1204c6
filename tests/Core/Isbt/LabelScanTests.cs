using ColdChain.Core.Isbt;

namespace ColdChain.Core.Tests.Isbt;

public class LabelScanTests
{
    [Fact]
    public void TryAdd_TheBarcodesOfALabelInAnyOrder_SaysAllOfThem()
    {
        string[] scans = ["=W00002612345600", "]C0=%5100", "=<E0398V00", "]d1&>0263202359", "=*026280"];

        foreach (var first in Enumerable.Range(0, scans.Length))
        {
            var label = Scanned([.. scans[first..], .. scans[..first], scans[first]]);

            label.Donation!.Value.Value.Should().Be("W000026123456");
            label.Product!.Value.Value.Should().Be("E0398V00");
            (label.Group!.Value.Value, label.Group.Value.Name).Should().Be(("5100", "O+"));
            (label.Expiry.ToString(), label.Collected.ToString()).Should().Be(("2026-11-16 23:59", "2026-10-07"));
        }
    }

    [Fact]
    public void TryAdd_CompoundMessage_SaysAllOfIt()
    {
        var label = Scanned("]C0=+04000=W00002612345696=%6200=<E0398V00=>026320");

        (label.Donation.ToString(), label.Product.ToString(), label.Group?.Name, label.Expiry.ToString())
            .Should().Be(("W000026123456", "E0398V00", "A+", "2026-11-16"));
    }

    [Theory]
    [InlineData("=%5100", "O+")]
    [InlineData("=%6200", "A+")]
    [InlineData("=%7300", "B+")]
    [InlineData("=%8400", "AB+")]
    [InlineData("=%9500", "O-")]
    [InlineData("=%0600", "A-")]
    [InlineData("=%1700", "B-")]
    [InlineData("=%2800", "AB-")]
    [InlineData("=%Pa00", null)]
    [InlineData("=%5000", null)]
    public void TryAdd_BloodGroup_IsCarriedAndNamedWhereItIsKnown(string scan, string? name)
    {
        var isGroup = LabelScan.Empty.TryAdd(scan, out var label, out _);

        isGroup.Should().Be(!scan.Contains('a', StringComparison.Ordinal));
        label.Group?.Value.Should().Be(scan[2..]);
        label.Group?.Name.Should().Be(name);
    }

    /// <summary>Day 366 of a leap year is the last of December, and of another year it is none.</summary>
    [Theory]
    [InlineData("=>026001", "2026-01-01 23:59")]
    [InlineData("=>026365", "2026-12-31 23:59")]
    [InlineData("=>028366", "2028-12-31 23:59")]
    [InlineData("=>028060", "2028-02-29 23:59")]
    [InlineData("&>0260600000", "2026-03-01 00:00")]
    [InlineData("&>0260602359", "2026-03-01 23:59")]
    public void TryAdd_Expiry_LastsToItsMinuteOrToTheEndOfItsDay(string scan, string lastMinute) =>
        Scanned(scan).Expiry!.Value.LastMinute.Should().Be(DateTime.ParseExact(lastMinute, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("=>026366", "is no ISBT 128 date of expiry", "scan it again")]
    [InlineData("=>026000", "is no ISBT 128 date of expiry", "scan it again")]
    [InlineData("=>126001", "century 0", "scan it again")]
    [InlineData("=>02600", "is no ISBT 128 date of expiry", "scan it again")]
    [InlineData("&>0260012400", "hour and minute", "scan it again")]
    [InlineData("&>0260010060", "hour and minute", "scan it again")]
    [InlineData("&>026001", "hour and minute", "scan it again")]
    [InlineData("&*026001a000", "is no ISBT 128 date of collection", "scan it again")]
    [InlineData("=%510", "is no ISBT 128 blood group", "scan the blood group again")]
    [InlineData("=<E0398", "is no ISBT 128 product code", "scan the product code again")]
    [InlineData("=W0000261234560", "is no ISBT 128 donation number", "scan the donation number")]
    [InlineData("=O00002612345600", "is no ISBT 128 donation number", "scan the donation number")]
    [InlineData("=W00002612345695", "has flag 95", "scan it again")]
    [InlineData("=)1234", "is not one of the barcodes", "scan one of those")]
    [InlineData("W000026123456", "is not one of the barcodes", "scan one of those")]
    [InlineData("=", "is not one of the barcodes", "scan one of those")]
    [InlineData("", "has 0 characters", "scan or type")]
    [InlineData("]C1=W00002612345600", "from a GS1 barcode", "scan the ISBT 128 barcode")]
    [InlineData("=+", "is no ISBT 128 compound message", "scan the single barcodes")]
    [InlineData("=+02000", "is no ISBT 128 compound message", "scan the single barcodes")]
    [InlineData("=+0200a=W00002612345600", "is no ISBT 128 compound message", "scan the single barcodes")]
    [InlineData("=+02000=W00002612345600", "has 1 structures, and states 2", "scan it again")]
    [InlineData("=+02000=W00002612345600=%51", "is no ISBT 128 blood group", "scan the blood group again")]
    public void TryAdd_Wrong_NamesReasonAndCureAndChangesNothing(string scan, string reason, string cure)
    {
        var before = Scanned("=<E0398V00");

        before.TryAdd(scan, out var label, out var error).Should().BeFalse();

        label.Should().Be(before);
        error.Should().Contain(reason).And.Contain(cure);
    }

    [Theory]
    [InlineData("=W00002600000100", "the donation number 'W000026000001' contradicts 'W000026123456'")]
    [InlineData("=<E0398V0A", "the product code 'E0398V0A' contradicts 'E0398V00'")]
    [InlineData("=%6200", "the blood group '6200' contradicts '5100'")]
    [InlineData("=>026321", "the expiry '2026-11-17' contradicts '2026-11-16'")]
    public void TryAdd_OfAnotherLabel_IsRefused(string scan, string reason)
    {
        var before = Scanned("=W00002612345600", "=<E0398V00", "=%5100", "=>026320");

        before.TryAdd(scan, out _, out var error).Should().BeFalse();

        error.Should().Contain(reason).And.Contain("of one label only");
    }

    private static LabelScan Scanned(params string[] scans) => scans.Aggregate(LabelScan.Empty, (label, scan) =>
    {
        label.TryAdd(scan, out var next, out var error).Should().BeTrue(error);
        return next;
    });
}
