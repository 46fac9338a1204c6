using System.Text;
using ColdChain.Core.People;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.People;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890"); // That of the vectors.

    /// <summary>RFC 6238, appendix B: the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheVectorsOfTheRfc_IsTheirs(long seconds, string code) => Totp.Code(Secret, Totp.StepAt(Seconds(seconds))).Should().Be(code);

    /// <summary>RFC 4648, chapter 10, without the padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Text_OfTheVectorsOfTheRfc_IsTheirs(string bytes, string text) => Totp.Text(Encoding.ASCII.GetBytes(bytes)).Should().Be(text);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void StepOf_TakesTheNeighbours(int steps, bool isTaken)
    {
        var now = Seconds(1111111111);
        var step = Totp.StepAt(now) + steps;

        Totp.StepOf(Secret, Totp.Code(Secret, step), now, lastUsed: 0).Should().Be(isTaken ? step : null);
    }

    [Fact]
    public void StepOf_UsedOrEarlierStep_IsNotTakenAgain()
    {
        var now = Seconds(1111111111);
        var step = Totp.StepAt(now);

        Totp.StepOf(Secret, Totp.Code(Secret, step), now, lastUsed: step).Should().BeNull();
        Totp.StepOf(Secret, Totp.Code(Secret, step - 1), now, lastUsed: step).Should().BeNull();
        Totp.StepOf(Secret, Totp.Code(Secret, step + 1), now, lastUsed: step).Should().Be(step + 1);
    }

    [Theory]
    [InlineData("050 471", true)]
    [InlineData("05047", false)]
    [InlineData("0504711", false)]
    [InlineData("", false)]
    [InlineData("٠٥٠٤٧١", false)]
    public void StepOf_WhatWasTyped_IsReadPlainly(string typed, bool isTaken) =>
        Totp.StepOf(Secret, typed, Seconds(1111111111), lastUsed: 0).HasValue.Should().Be(isTaken);

    [Fact]
    public void Address_NamesSecretAndAccount() => Totp.Address(Secret, "amina").Should()
        .Be("otpauth://totp/ColdChain:amina?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ColdChain&algorithm=SHA1&digits=6&period=30");

    private static Instant Seconds(long seconds) => new(seconds * 1000);
}
