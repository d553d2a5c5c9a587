// IBM Plex in the two weights that we use. Each file covers one range of characters, and a browser
// fetches only the ranges that a page shows; other scripts fall back to the reader's own fonts.
import "@fontsource/ibm-plex-sans/400.css";
import "@fontsource/ibm-plex-sans/600.css";
import "@fontsource/ibm-plex-mono/400.css";
import "@fontsource/ibm-plex-mono/600.css";
