# Writes Remembered.cs: the first PER rows of each gesture of a table of features, a row an example.
BEGIN {
    per = 4
    count = split(classes, names, " ")
    for (i = 1; i <= count; i++) class[names[i]] = i - 1
    print "namespace UpdateModel"
    print "{"
    print "    /// <summary>Examples of each gesture, by which a new model is judged. Written by make-models.sh from the table of 02-Gesture.</summary>"
    print "    public static class Remembered"
    print "    {"
    print "        /// <summary>(examples)(features).</summary>"
    print "        public static float[][] Samples()"
    print "        {"
    print "            return new float[][]"
    print "            {"
}

NR > 1 && seen[$NF]++ < per {
    line = ""
    for (i = 1; i < NF; i++) line = line (i > 1 ? ", " : "") $i "f"
    print "                new float[] { " line " },"
    labels = labels (labels == "" ? "" : ", ") class[$NF]
}

END {
    print "            };"
    print "        }"
    print ""
    print "        /// <summary>(examples) their classes.</summary>"
    print "        public static int[] Labels()"
    print "        {"
    print "            return new int[] { " labels " };"
    print "        }"
    print "    }"
    print "}"
}
