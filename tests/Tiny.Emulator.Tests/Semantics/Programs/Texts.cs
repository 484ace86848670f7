using System;
using System.Collections;
using System.Text;

public static class Program
{
    public static void Main()
    {
        string text = "  The quick brown fox  ";
        string trimmed = text.Trim();
        Console.WriteLine("[" + trimmed + "] " + trimmed.Length + " " + trimmed.IndexOf("quick") + " " + trimmed.LastIndexOf('o') + " "
            + trimmed.IndexOf('z'));
        string[] words = trimmed.Split(' ');
        Console.WriteLine(words.Length + " " + words[1].ToUpper() + " " + words[3].Substring(1) + " " + words[0].ToLower());
        StringBuilder builder = new StringBuilder();
        for (int i = words.Length - 1; i >= 0; i--)
        {
            builder.Append(words[i]).Append(i > 0 ? "-" : ".");
        }

        builder.Append(' ').Append(42).Append(true);
        builder.Replace("fox", "dog");
        Console.WriteLine(builder.ToString() + " " + builder.Length);
        Console.WriteLine(string.Format("{0}|{1}|{2}", "a", 7, 'c') + " " + "x".PadLeft(4, '.') + "y".PadRight(3, '_') + "|");
        Console.WriteLine("abc".CompareTo("abd") + " " + string.Compare("b", "a") + " " + ("abc" == "abc") + " "
            + "abc".Equals("ABC"));
        byte[] bytes = Encoding.UTF8.GetBytes("h\u00E9llo");
        Console.WriteLine(bytes.Length + " " + bytes[1] + " " + Encoding.UTF8.GetString(bytes, 0, bytes.Length));
        Console.WriteLine(Convert.ToBase64String(new byte[] { 1, 2, 3, 4, 5 }) + " " + Convert.FromBase64String("AQIDBAU=").Length);
        char[] letters = "hello".ToCharArray();
        for (int i = 0; i < letters.Length / 2; i++)
        {
            char kept = letters[i];
            letters[i] = letters[letters.Length - 1 - i];
            letters[letters.Length - 1 - i] = kept;
        }

        Console.WriteLine(new string(letters) + " " + new string('z', 3) + " " + (char)(letters[0] + 1) + " " + (int)letters[0]);
        Lists();
        Console.WriteLine("path".StartsWith("pa") + " " + "path".EndsWith("th") + " " + "path".Contains("at") + " "
            + string.IsNullOrEmpty("") + " " + "a,b;c".Split(',', ';').Length);
        Console.WriteLine(string.Concat(new string[] { "a", "b", "c" }) + " x" + null + 'y' + 1 + 2L + true);
        Console.WriteLine($"{words[0]} has {words[0].Length} letters, {3 * 7} and {'q'}");
    }

    private static void Lists()
    {
        ArrayList list = new ArrayList();
        for (int i = 0; i < 6; i++)
        {
            list.Add(i * i);
        }

        list.Add("end");
        list.Insert(1, "one");
        list.Remove(9);
        list.RemoveAt(0);
        string all = "";
        foreach (object item in list)
        {
            all += item + ";";
        }

        Console.WriteLine(all + " " + list.Count + " " + list.Contains("end") + " " + list.IndexOf(16) + " " + (int)list[1]);
        list.Clear();
        Console.WriteLine(list.Count + " " + list.ToArray().Length);
    }
}
